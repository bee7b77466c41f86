import { useMemo, useRef, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../../api/problem.js';
import { startRun } from '../../api/runs.js';
import type { RunType } from '../../api/types.js';
import { FormContext } from '../../form/form-context.js';
import { InputEditor } from '../../form/input-editor.js';
import type { JsonSchema } from '../../form/json-schema.js';
import { useForm, type Form } from '../../form/use-form.js';
import { href, withQuery } from '../../router/route.js';
import { navigate } from '../../router/use-location.js';
import { count } from '../../lib/format.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { RefusalLink } from './refusal-link.js';
import { SourceCheckPanel } from './source-check.js';

/** A form made from the schema of a run type's input. */
export function StartForm({ type }: { readonly type: RunType }) {
  const schema = type.input as JsonSchema;
  const form = useForm(schema);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const element = useRef<HTMLFormElement>(null);
  // The same key for the same input: clicking twice, or again after a time-out, starts one run.
  const text = JSON.stringify(form.value);
  const idempotencyKey = useMemo(() => (text === '' ? '' : newKey()), [text]);

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
        {problem && (
          <ProblemNotice problem={problem}>
            <RefusalLink problem={problem} />
          </ProblemNotice>
        )}
        {type.slug === 'extract-sql-metadata' && <SourceCheckPanel form={form} />}
        <div class="dialog-actions">
          <button type="submit" class="primary" disabled={busy}>
            {busy ? 'Starting…' : 'Start the run'}
          </button>
        </div>
      </form>
    </FormContext>
  );
}

/** How many places are not right yet, once an attempt was made: the places themselves may be out of sight. */
function Unfinished({ form: { context, findings } }: { readonly form: Form }) {
  const shown = [...findings.keys()].filter((pointer) => context.findings.has(pointer)).length;
  return (
    <p class="finding" role="status">
      {shown > 0 && `${count(shown)} ${shown === 1 ? 'place needs' : 'places need'} a look.`}
    </p>
  );
}

/** By the one source of randomness that browsers also have on pages without TLS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function focusFirstFinding(form: HTMLFormElement | null): void {
  // After the findings have been drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()));
}
