import { useState } from 'preact/hooks';
import { getConfiguration, listConfigurations } from '../../api/configurations.js';
import { problemOf, type Problem } from '../../api/problem.js';
import { createSchedule } from '../../api/schedules.js';
import type { RunType } from '../../api/types.js';
import { FormContext } from '../../form/form-context.js';
import { InputEditor } from '../../form/input-editor.js';
import type { JsonSchema } from '../../form/json-schema.js';
import { useForm } from '../../form/use-form.js';
import { useResource } from '../../lib/use-resource.js';
import { href } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Page } from '../../ui/page.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import type { ViewProps } from '../view.js';
import { useRunTypes } from '../start/use-run-types.js';
import { EMPTY_DRAFT, findingsOf, scheduleOf, type ScheduleDraft } from './new-schedule.js';
import { TimesFields } from './times-fields.js';

/** Makes a schedule: what it starts, from a saved configuration or from a form, and when. */
export default function NewScheduleView({ query }: ViewProps) {
  const { value: types, problem, reload } = useRunTypes();
  const saved = useResource('configurations', (signal) => listConfigurations({ signal }));
  const given = query.get('configuration');
  const [from, setFrom] = useState(given === null ? '' : `configuration:${given}`);
  const [kind, name = ''] = from.split(/:(.*)/);
  // The input of a run type is typed in; that of a configuration is read when it is chosen.
  const configuration = useResource(`configuration/${kind === 'configuration' ? name : ''}`, async (signal) => (kind === 'configuration' ? getConfiguration(name, { signal }) : undefined));
  const type = types?.find(({ slug }) => slug === (kind === 'type' ? name : configuration.value?.runType));
  return (
    <Page title="New schedule" above={<a href="#/schedules">Schedules</a>}>
      {(problem ?? saved.problem ?? configuration.problem) && (
        <ProblemNotice problem={(problem ?? saved.problem ?? configuration.problem) as Problem} retry={() => { reload(); saved.reload(); configuration.reload(); }} />
      )}
      <div class="card section start-form">
        <div class="field">
          <label for="what">What it starts</label>
          <select id="what" value={from} onChange={(event) => { setFrom(event.currentTarget.value); }}>
            <option value="">Choose…</option>
            {saved.value && saved.value.length > 0 && (
              <optgroup label="Saved configurations">
                {saved.value.map(({ name: each, description }) => (
                  <option key={each} value={`configuration:${each}`}>
                    {description === undefined ? each : `${each}: ${description}`}
                  </option>
                ))}
              </optgroup>
            )}
            <optgroup label="With an input of its own">
              {types?.map(({ slug, title }) => (
                <option key={slug} value={`type:${slug}`}>
                  {title}
                </option>
              ))}
            </optgroup>
          </select>
          <p class="hint">{saved.value?.length === 0 && 'There are no saved configurations; “Save as configuration” below the form of a run makes one.'}</p>
        </div>
        {from === '' && <p class="muted">Then say with which input, and when.</p>}
        {type && (kind === 'type' || configuration.value) && <ScheduleForm key={from} type={type} given={configuration.value?.input} />}
      </div>
    </Page>
  );
}

function ScheduleForm({ type, given }: { readonly type: RunType; readonly given: unknown }) {
  const schema = type.input as JsonSchema;
  const form = useForm(schema);
  const [draft, setDraft] = useState<ScheduleDraft>(EMPTY_DRAFT);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const findings = findingsOf(draft);
  const ready = Object.keys(findings).length === 0 && (given !== undefined || form.valid);

  const make = async (): Promise<void> => {
    setTried(true);
    if (!ready) {
      form.showAll();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await createSchedule(scheduleOf(draft, type.slug, given ?? form.value));
      navigate(href`schedules/${made.id}`);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };

  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <TimesFields draft={draft} change={(changed) => { setDraft({ ...draft, ...changed }); }} findings={tried ? findings : {}} />
      {given === undefined ? (
        <FormContext value={form.context}>
          <fieldset class="part">
            <legend>Input of each run</legend>
            <InputEditor form={form} schema={schema} />
          </fieldset>
        </FormContext>
      ) : (
        <details>
          <summary>Input of each run</summary>
          <CodeBlock label="Input as JSON" text={JSON.stringify(given, null, 2)} />
          <p class="hint">It is copied: what is changed in the configuration afterwards is not changed in the schedule.</p>
        </details>
      )}
      {tried && !ready && (
        <p class="finding" role="status">
          Some places need a look.
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      <div class="dialog-actions">
        <a class="button" href="#/schedules">
          Back
        </a>
        <button type="submit" class="primary" disabled={busy}>
          {busy ? 'Making…' : 'Make the schedule'}
        </button>
      </div>
    </form>
  );
}
