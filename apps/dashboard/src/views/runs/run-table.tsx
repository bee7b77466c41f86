import type { Run, RunSummary } from '../../api/types.js';
import { count, rate, words } from '../../lib/format.js';
import { href, withQuery } from '../../router/route.js';
import { ProgressBar } from '../../ui/progress-bar.js';
import { RunStatusBadge } from '../../ui/run-status.js';
import { Ago, Elapsed } from '../../ui/time.js';
import { TableFrame } from '../../ui/table-frame.js';
import { typeTitle, useRunTypes } from '../start/use-run-types.js';

export interface RunTableProps {
  readonly runs: readonly RunSummary[];
  /** What is known of running ones, by run id. */
  readonly progress: ReadonlyMap<string, Run>;
  /** Asks whether to cancel a run; undefined where the caller may not. */
  readonly cancel: ((run: RunSummary) => void) | undefined;
}

export function RunTable({ runs, progress, cancel }: RunTableProps) {
  return (
    <TableFrame label="Runs" class="card">
      {/* The roles are said, as a narrow window lays rows out in another way. */}
      <table class="runs" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">Run</th>
            <th scope="col" role="columnheader">Status</th>
            <th scope="col" role="columnheader">Progress</th>
            <th scope="col" role="columnheader">Started</th>
            <th scope="col" role="columnheader" class="number">
              Duration
            </th>
            <th scope="col" role="columnheader">
              <span class="hidden-visually">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {runs.map((run) => (
            <Row key={run.runId} run={latest(run, progress)} cancel={cancel} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** The list and the state of one run are read at different times: ended beats running. */
function latest(run: RunSummary, progress: ReadonlyMap<string, Run>): Run {
  const state = progress.get(run.runId);
  return run.status === 'running' && state ? state : run;
}

function Row({ run, cancel }: { readonly run: Run; readonly cancel: RunTableProps['cancel'] }) {
  const { value: types } = useRunTypes();
  const about = run.connection ?? run.subject ?? run.workflowId;
  const address = withQuery(href`runs/${run.workflowId}`, { runId: run.runId });
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="run-cell">
        <a class="run-name" href={address}>
          {about}
        </a>
        <span class="run-type">{typeTitle(types, run.type)}</span>
      </th>
      <td role="cell" class="run-status">
        <RunStatusBadge status={run.status} cancelRequested={run.cancelRequested === true} />
      </td>
      <td role="cell" class="run-progress">{run.status === 'running' && <RowProgress run={run} name={about} />}</td>
      <td role="cell" class="run-started">
        <Ago time={run.startTime} />
      </td>
      <td role="cell" class="number run-duration">
        <Elapsed from={run.startTime} to={run.closeTime} />
      </td>
      <td role="cell" class="number run-actions">
        {cancel && run.status === 'running' && run.cancelRequested !== true && (
          <button type="button" class="small quiet" aria-label={`Cancel the run of ${about}`} onClick={() => { cancel(run); }}>
            Cancel
          </button>
        )}
      </td>
    </tr>
  );
}

function RowProgress({ run: { progress, progressUnavailable }, name }: { readonly run: Run; readonly name: string }) {
  if (!progress) {
    return progressUnavailable ? <span class="muted" title={progressUnavailable.fix}>{progressUnavailable.detail}</span> : <span class="muted">…</span>;
  }
  const { phase, done, total, rate: perSecond } = progress;
  return (
    <>
      <ProgressBar label={`Progress of ${name}`} done={done} total={total} />
      <span class="run-progress-text">
        <span>{words(phase)}</span>
        <span class="number">
          {total > 0 && `${count(done)} of ${count(total)}`}
          {total === 0 && done > 0 && count(done)}
          {perSecond > 0 && ` · ${rate(perSecond)}`}
        </span>
      </span>
    </>
  );
}
