import { Icon } from '../../ui/icon.js';
import { LabelledField } from '../../ui/labelled-field.js';
import type { RuleDraft } from './rule-draft.js';

const MOST = 20;

export interface DataFieldsProps {
  readonly rows: RuleDraft['data'];
  readonly change: (rows: RuleDraft['data']) => void;
  readonly findings: ReadonlyMap<string, string>;
}

/** Values that the data of an event has to have. */
export function DataFields({ rows, change, findings }: DataFieldsProps) {
  const put = (index: number, changed: Partial<RuleDraft['data'][number]>): void => { change(rows.map((row, place) => (place === index ? { ...row, ...changed } : row))); };
  return (
    <>
      {rows.map(({ pointer, value }, index) => (
        <div key={index} class="row" role="group" aria-label={`Value of the data ${index + 1}`}>
          <div class="fields">
            <LabelledField id={`rule-pointer-${index}`} label="Place in the data" finding={findings.get(`data/${index}`)}>
              {(control) => <input {...control} placeholder="/table/schema" autocomplete="off" spellcheck={false} value={pointer} onInput={(event) => { put(index, { pointer: event.currentTarget.value }); }} />}
            </LabelledField>
            <LabelledField id={`rule-value-${index}`} label="Value">
              {(control) => <input {...control} placeholder="sales" maxLength={1_000} autocomplete="off" spellcheck={false} value={value} onInput={(event) => { put(index, { value: event.currentTarget.value }); }} />}
            </LabelledField>
          </div>
          <button type="button" class="small quiet" aria-label={`Remove value ${index + 1}`} onClick={() => { change(rows.filter((_, place) => place !== index)); }}>
            <Icon name="cross" />
          </button>
        </div>
      ))}
      {rows.length < MOST && (
        <button type="button" class="small" onClick={() => { change([...rows, { pointer: '', value: '' }]); }}>
          <Icon name="plus" />
          Add a value of the data
        </button>
      )}
    </>
  );
}
