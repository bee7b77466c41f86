import { useMemo, useRef, useState } from 'preact/hooks';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { problemOf, type Problem } from '../../api/problem.js';
import { startRun } from '../../api/runs.js';
import type { RunType } from '../../api/types.js';
import { FormContext } from '../../form/form-context.js';
import { InputEditor } from '../../form/input-editor.js';
import type { JsonSchema } from '../../form/json-schema.js';
import { Unfinished } from '../../form/unfinished.js';
import { useForm } from '../../form/use-form.js';
import { href, withQuery } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { useMay } from '../../session/caller.js';
import { May } from '../../session/may.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { SaveConfigurationDialog } from '../configurations/save-dialog.js';
import { SourceCheckPanel } from './source-check.js';

export interface StartFormProps {
  readonly type: RunType;
  /** What it is filled with at first. */
  readonly initial?: unknown;
}

/** A form made from the schema of a run type's input. */
export function StartForm({ type, initial }: StartFormProps) {
  const schema = type.input as JsonSchema;
  const form = useForm(schema, initial);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState<string>();
  const may = useMay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const element = useRef<HTMLFormElement>(null);
  // The same key for the same input: clicking twice, or again after a time-out, starts one run.
  const text = JSON.stringify(form.value);
  const idempotencyKey = useMemo(() => (text === '' ? '' : newIdempotencyKey()), [text]);

  const start = async (): Promise<void> => {
    if (!form.valid) {
      form.showAll();
      focusFirstFinding(element.current);
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const run = await startRun(type.slug, form.value, idempotencyKey);
      navigate(withQuery(href`runs/${run.workflowId}`, { runId: run.runId }));
    } catch (error) {
      const refused = problemOf(error);
      setProblem(refused);
      if (refused.errors) form.refused(refused.errors);
      setBusy(false);
    }
  };

  const save = (): void => {
    setSaved(undefined);
    if (form.valid) setSaving(true);
    else {
      form.showAll();
      focusFirstFinding(element.current);
    }
  };

  return (
    <FormContext value={form.context}>
      <form
        ref={element}
        class="card section start-form"
        noValidate
        aria-label={type.title}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <InputEditor form={form} schema={schema} example={type.example} />
        <Unfinished form={form} />
        {problem && <ProblemNotice problem={problem} />}
        {type.slug === 'extract-sql-metadata' && may('checkSource') && <SourceCheckPanel form={form} />}
        <p role="status">
          {saved !== undefined && (
            <>
              Saved as <a href={href`configurations/${saved}`}>{saved}</a>.
            </>
          )}
        </p>
        <div class="dialog-actions">
          <May operation="putConfiguration">
            <button type="button" onClick={save}>
              Save as configuration
            </button>
          </May>
          <button type="submit" class="primary" disabled={busy}>
            {busy ? 'Starting…' : 'Start the run'}
          </button>
        </div>
      </form>
      {saving && <SaveConfigurationDialog runType={type.slug} input={form.value} saved={setSaved} close={() => { setSaving(false); }} />}
    </FormContext>
  );
}

function focusFirstFinding(form: HTMLFormElement | null): void {
  // After the findings have been drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()));
}
