import type { ComponentChildren } from 'preact';
import { OVERLAP_POLICIES, type Overlap } from '../../api/schedules.js';
import type { ScheduleDraft } from './new-schedule.js';

export interface TimesFieldsProps {
  readonly draft: ScheduleDraft;
  readonly change: (changed: Partial<ScheduleDraft>) => void;
  readonly findings: Partial<Record<keyof ScheduleDraft, string>>;
}

/** Name of a schedule, and when it starts runs. */
export function TimesFields({ draft, change, findings }: TimesFieldsProps) {
  const { id, when, cron, timeZone, every, unit, overlap, paused, note } = draft;
  return (
    <>
      <div class="fields">
        <Labelled name="id" label="Name" hint="How the schedule is called: nightly-warehouse." finding={findings.id}>
          {(control) => <input {...control} value={id} onInput={(event) => { change({ id: event.currentTarget.value }); }} />}
        </Labelled>
        <Labelled name="overlap" label="While one is under way">
          {(control) => (
            <select {...control} value={overlap} onChange={(event) => { change({ overlap: event.currentTarget.value as Overlap }); }}>
              {Object.entries(OVERLAP_POLICIES).map(([policy, words]) => (
                <option key={policy} value={policy}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <fieldset class="part">
        <legend>When</legend>
        <div class="choices">
          {(['cron', 'interval'] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="when" checked={when === each} onChange={() => { change({ when: each }); }} />
              {each === 'cron' ? 'At times of the clock' : 'Again and again'}
            </label>
          ))}
        </div>
        {when === 'cron' ? (
          <div class="fields">
            <Labelled name="cron" label="Cron expression" hint="Minute, hour, day of month, month, day of week." finding={findings.cron}>
              {(control) => <input {...control} value={cron} onInput={(event) => { change({ cron: event.currentTarget.value }); }} />}
            </Labelled>
            <Labelled name="timeZone" label="Time zone" optional hint="Europe/Vienna; UTC without it.">
              {(control) => <input {...control} value={timeZone} onInput={(event) => { change({ timeZone: event.currentTarget.value }); }} />}
            </Labelled>
          </div>
        ) : (
          <div class="fields">
            <Labelled name="every" label="Every" finding={findings.every}>
              {(control) => <input {...control} inputMode="numeric" value={every} onInput={(event) => { change({ every: event.currentTarget.value }); }} />}
            </Labelled>
            <Labelled name="unit" label="Unit">
              {(control) => (
                <select {...control} value={unit} onChange={(event) => { change({ unit: event.currentTarget.value as ScheduleDraft['unit'] }); }}>
                  {['minutes', 'hours', 'days'].map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
              )}
            </Labelled>
          </div>
        )}
      </fieldset>
      <div class="fields">
        <Labelled name="note" label="Note" optional hint="What it is for.">
          {(control) => <input {...control} maxLength={1_000} value={note} onInput={(event) => { change({ note: event.currentTarget.value }); }} />}
        </Labelled>
        <div class="field field-check">
          <input id="schedule-paused" type="checkbox" checked={paused} onChange={(event) => { change({ paused: event.currentTarget.checked }); }} />
          <label for="schedule-paused">Make it paused</label>
        </div>
      </div>
    </>
  );
}

interface LabelledProps {
  readonly name: string;
  readonly label: string;
  readonly optional?: boolean;
  readonly hint?: string;
  readonly finding?: string | undefined;
  readonly children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ComponentChildren;
}

function Labelled({ name, label, optional = false, hint, finding, children }: LabelledProps) {
  const id = `schedule-${name}`;
  return (
    <div class="field">
      <label for={id}>
        {label} {optional && <span class="optional">optional</span>}
      </label>
      {children({ id, 'aria-describedby': `${id}-hint ${id}-finding`, 'aria-invalid': finding !== undefined })}
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <p class="finding" id={`${id}-finding`}>
        {finding}
      </p>
    </div>
  );
}
