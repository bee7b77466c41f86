import type { ConfigurationSummary } from '../../api/configurations.js';
import type { RunType } from '../../api/types.js';
import { LabelledField } from '../../ui/labelled-field.js';
import { DataFields } from './data-fields.js';
import type { RuleDraft } from './rule-draft.js';

export interface RuleFieldsProps {
  readonly draft: RuleDraft;
  readonly change: (changed: Partial<RuleDraft>) => void;
  readonly findings: ReadonlyMap<string, string>;
  readonly topics: readonly string[];
  readonly configurations: readonly ConfigurationSummary[];
  readonly types: readonly RunType[];
}

const ATTRIBUTES = { type: 'com.example.load.finished', source: '/warehouse/loader', subject: 'sales' } as const;

/** Everything of a rule but its name. */
export function RuleFields({ draft, change, findings, topics, configurations, types }: RuleFieldsProps) {
  const { description, topic, what, input } = draft;
  const choose = (next: string): void => {
    const type = types.find(({ slug }) => next === `type:${slug}`);
    change({ what: next, ...(type && input === '' ? { input: JSON.stringify(type.example, null, 2) } : {}) });
  };
  return (
    <>
      <div class="fields">
        <LabelledField id="rule-topic" label="Topic" finding={findings.get('topic')}>
          {(control) => (
            <select {...control} value={topic} onChange={(event) => { change({ topic: event.currentTarget.value }); }}>
              <option value="">Choose…</option>
              {[...new Set([...topics, ...(topic === '' ? [] : [topic])])].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </LabelledField>
        <LabelledField id="rule-description" label="Description" optional hint="What it is for.">
          {(control) => <input {...control} maxLength={1_000} value={description} onInput={(event) => { change({ description: event.currentTarget.value }); }} />}
        </LabelledField>
      </div>
      <fieldset class="part">
        <legend>Which events</legend>
        <p class="hint">Everything that is filled in has to be so. Left empty, it takes every event of the topic.</p>
        <div class="fields">
          {(['type', 'source', 'subject'] as const).map((name) => (
            <LabelledField key={name} id={`rule-${name}`} label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`} optional>
              {(control) => (
                <input
                  {...control}
                  maxLength={500}
                  placeholder={ATTRIBUTES[name]}
                  autocomplete="off"
                  spellcheck={false}
                  value={draft[name]}
                  onInput={(event) => { change({ [name]: event.currentTarget.value }); }}
                />
              )}
            </LabelledField>
          ))}
        </div>
        <DataFields rows={draft.data} change={(data) => { change({ data }); }} findings={findings} />
      </fieldset>
      <fieldset class="part">
        <legend>What they start</legend>
        <LabelledField id="rule-what" label="Starts" finding={findings.get('what')} hint={what.startsWith('configuration:') && 'As it is saved when the event comes.'}>
          {(control) => (
            <select {...control} value={what} onChange={(event) => { choose(event.currentTarget.value); }}>
              <option value="">Choose…</option>
              {configurations.length > 0 && (
                <optgroup label="Saved configurations">
                  {configurations.map(({ name, description: about }) => (
                    <option key={name} value={`configuration:${name}`}>
                      {about === undefined ? name : `${name}: ${about}`}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label="With an input of its own">
                {types.map(({ slug, title }) => (
                  <option key={slug} value={`type:${slug}`}>
                    {title}
                  </option>
                ))}
              </optgroup>
            </select>
          )}
        </LabelledField>
        {what.startsWith('type:') && (
          <LabelledField
            id="rule-input"
            label="Input as JSON"
            finding={findings.get('input')}
            hint={
              <>
                <code>{'{"$event": "/data/team"}'}</code> stands for a value of the event: /id, /source, /type, /subject, /time, /data and what is below it.
              </>
            }
          >
            {(control) => <textarea {...control} rows={14} spellcheck={false} value={input} onInput={(event) => { change({ input: event.currentTarget.value }); }} />}
          </LabelledField>
        )}
      </fieldset>
    </>
  );
}
