import type { BatchProgress } from '@tributary/workflow-contracts/sql-metadata';
import type { Run } from '../../api/types.js';
import { count, rate, words } from '../../lib/format.js';
import { ProblemNotice } from '../../ui/problem-notice.js';
import { ProgressBar } from '../../ui/progress-bar.js';
import { Section } from '../../ui/section.js';
import { TableFrame } from '../../ui/table-frame.js';
import { Phases } from './phases.js';
import { isExtractionProgress, isFlowProgress } from './run-kinds.js';

/** How far a run is; of one that has ended, how long each phase took. */
export function ProgressSection({ run }: { readonly run: Run }) {
  const { progress, progressUnavailable, result, status } = run;
  const running = status === 'running';
  if (!running) return result ? <Phases millis={result.phaseMillis} /> : null;
  return (
    <>
      {progressUnavailable && <ProblemNotice problem={progressUnavailable} />}
      {!progress && !progressUnavailable && <p class="muted">Waiting for a worker to say how far it is…</p>}
      {progress && (
        <Section
          title={words(progress.phase)}
          note={
            <span class="number">
              {progress.total > 0 && `${count(progress.done)} of ${count(progress.total)}`}
              {progress.total === 0 && progress.done > 0 && count(progress.done)}
              {progress.rate > 0 && ` · ${rate(progress.rate)}`}
            </span>
          }
        >
          <ProgressBar label="Progress of the run" done={progress.done} total={progress.total} />
          {isFlowProgress(progress) && <Events {...progress.events} />}
          {isExtractionProgress(progress) && progress.batches.length > 0 && <Batches batches={progress.batches} />}
          <Phases millis={progress.phaseMillis} current={progress.phase} />
        </Section>
      )}
    </>
  );
}

function Events({ inserted, updated, unchanged }: { readonly inserted: number; readonly updated: number; readonly unchanged: number }) {
  return (
    <p class="muted">
      Events: {count(inserted)} new, {count(updated)} changed, {count(unchanged)} as they were
    </p>
  );
}

function Batches({ batches }: { readonly batches: readonly BatchProgress[] }) {
  return (
    <TableFrame label="Batches" class="batches">
      <table>
        <thead>
          <tr>
            <th scope="col">Database</th>
            <th scope="col">Kind</th>
            <th scope="col">Progress</th>
            <th scope="col" class="number">
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {batches.map(({ database, kind, state, done, total }) => (
            <tr key={`${database}/${kind}`}>
              <td>{database}</td>
              <td>{kind}</td>
              <td class="batches-bar">
                {state === 'planned' ? (
                  <span class="muted">Waiting</span>
                ) : (
                  <ProgressBar label={`${database}, ${kind}`} done={state === 'done' ? 1 : done} total={state === 'done' ? 1 : total} tone={state === 'done' ? 'good' : 'busy'} />
                )}
              </td>
              <td class="number">
                {count(done)} of {count(total)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
