import { OVERLAP_POLICIES, type Overlap } from '../../api/schedules.js';
import { LabelledField } from '../../ui/labelled-field.js';
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
        <LabelledField id="schedule-id" label="Name" hint="How the schedule is called: nightly-warehouse." finding={findings.id}>
          {(control) => <input {...control} value={id} onInput={(event) => { change({ id: event.currentTarget.value }); }} />}
        </LabelledField>
        <LabelledField id="schedule-overlap" label="While one is under way">
          {(control) => (
            <select {...control} value={overlap} onChange={(event) => { change({ overlap: event.currentTarget.value as Overlap }); }}>
              {Object.entries(OVERLAP_POLICIES).map(([policy, words]) => (
                <option key={policy} value={policy}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
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
            <LabelledField id="schedule-cron" label="Cron expression" hint="Minute, hour, day of month, month, day of week." finding={findings.cron}>
              {(control) => <input {...control} value={cron} onInput={(event) => { change({ cron: event.currentTarget.value }); }} />}
            </LabelledField>
            <LabelledField id="schedule-timeZone" label="Time zone" optional hint="Europe/Vienna; UTC without it.">
              {(control) => <input {...control} value={timeZone} onInput={(event) => { change({ timeZone: event.currentTarget.value }); }} />}
            </LabelledField>
          </div>
        ) : (
          <div class="fields">
            <LabelledField id="schedule-every" label="Every" finding={findings.every}>
              {(control) => <input {...control} inputMode="numeric" value={every} onInput={(event) => { change({ every: event.currentTarget.value }); }} />}
            </LabelledField>
            <LabelledField id="schedule-unit" label="Unit">
              {(control) => (
                <select {...control} value={unit} onChange={(event) => { change({ unit: event.currentTarget.value as ScheduleDraft['unit'] }); }}>
                  {['minutes', 'hours', 'days'].map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
              )}
            </LabelledField>
          </div>
        )}
      </fieldset>
      <div class="fields">
        <LabelledField id="schedule-note" label="Note" optional hint="What it is for.">
          {(control) => <input {...control} maxLength={1_000} value={note} onInput={(event) => { change({ note: event.currentTarget.value }); }} />}
        </LabelledField>
        <div class="field field-check">
          <input id="schedule-paused" type="checkbox" checked={paused} onChange={(event) => { change({ paused: event.currentTarget.checked }); }} />
          <label for="schedule-paused">Make it paused</label>
        </div>
      </div>
    </>
  );
}
