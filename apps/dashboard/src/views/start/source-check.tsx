import type { CheckSqlSourceInput } from '@tributary/workflow-contracts/sql-metadata';
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../../api/problem.js';
import { checkSource, type CheckStep, type SourceCheck, type SourceProblem } from '../../api/sources.js';
import type { Form } from '../../form/use-form.js';
import { isObject } from '../../form/json-schema.js';
import { count, duration, words } from '../../lib/format.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { Statement } from '../../ui/statement.js';

type Outcome = { readonly check: SourceCheck } | { readonly problem: SourceProblem };

/** Asks the worker whether it can use the source of a form, before anything is started. */
export function SourceCheckPanel({ form }: { readonly form: Form }) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [busy, setBusy] = useState(false);
  const asked = useRef<AbortController>(null);
  const { source, filters } = isObject(form.value) ? form.value : {};
  const key = JSON.stringify([source, filters]);
  // What was found out is about another source.
  useEffect(() => {
    setOutcome(undefined);
    setBusy(false);
    return () => { asked.current?.abort(); };
  }, [key]);

  const check = async (): Promise<void> => {
    if ([...form.findings.keys()].some((pointer) => pointer === '/source' || /^\/(source|filters)\//.test(pointer))) {
      form.showAll();
      return;
    }
    const abort = new AbortController();
    asked.current = abort;
    setBusy(true);
    setOutcome(undefined);
    try {
      const found = await checkSource({ source, ...(filters === undefined ? {} : { filters }) } as CheckSqlSourceInput, { signal: abort.signal });
      setOutcome({ check: found });
    } catch (error) {
      if (abort.signal.aborted) return;
      setOutcome({ problem: problemOf(error) });
    }
    setBusy(false);
  };

  const steps = outcome && ('check' in outcome ? outcome.check.checks : outcome.problem.checks);
  return (
    <div class="source-check">
      <div class="toolbar">
        <button type="button" disabled={busy} onClick={() => void check()}>
          {busy ? 'Checking…' : 'Check the source'}
        </button>
        <span class="muted" role="status">
          {outcome && 'check' in outcome && `It can be extracted: ${foundIn(outcome.check)}.`}
          {!outcome && !busy && 'Signs in, and looks at version and privileges. Reads no data.'}
        </span>
      </div>
      {outcome && 'problem' in outcome && <ProblemNotice problem={outcome.problem} />}
      {steps && <Steps steps={steps} />}
    </div>
  );
}

function foundIn({ serverVersion, databases }: SourceCheck): string {
  const readable = databases.filter((database) => database.readable).length;
  return `${serverVersion === undefined ? 'the server' : `PostgreSQL ${serverVersion}`}, ${count(readable)} readable ${readable === 1 ? 'database' : 'databases'}`;
}

const TONES = { passed: 'good', warning: 'warn', failed: 'bad', skipped: '' } as const;

/** Steps of a check; those of one that has passed throughout are folded. */
function Steps({ steps }: { readonly steps: readonly CheckStep[] }) {
  if (steps.some(({ status }) => status !== 'passed')) return <StepList steps={steps} />;
  return (
    <details>
      <summary>
        <span class="badge good">passed</span> All {count(steps.length)} steps
      </summary>
      <StepList steps={steps} />
    </details>
  );
}

function StepList({ steps }: { readonly steps: readonly CheckStep[] }) {
  return (
    <ul class="lines" aria-label="Steps of the check">
      {steps.map(({ name, status, detail, code, fix, millis }) => (
        <li key={name}>
          <p>
            <span class={`badge ${TONES[status]}`}>{status}</span> <strong>{words(name)}</strong> <span class="muted">{status === 'skipped' ? '' : duration(millis)}</span>
          </p>
          <p>
            {detail} {code !== undefined && <code class="muted">{code}</code>}
          </p>
          {fix !== undefined && <Statement text={fix} />}
        </li>
      ))}
    </ul>
  );
}
