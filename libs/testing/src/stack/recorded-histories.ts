import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';

/** A file of a release, named `<release>/<file>`. */
export interface Recorded {
  readonly name: string;
  readonly path: string;
}

/** Files that were recorded per release: `<folder>/<release>/<file>`. */
export function recordedIn(folder: string): readonly Recorded[] {
  return readdirSync(folder).flatMap((release) =>
    readdirSync(join(folder, release)).map((file) => ({ name: `${release}/${file}`, path: join(folder, release, file) })),
  );
}

/** Replays a history, as the JSON that Temporal writes, on a bundle. @throws DeterminismViolationError */
export async function replayRecorded(bundle: string, path: string): Promise<void> {
  const sinks = { exporter: { export: { fn: () => undefined } } };
  const history = JSON.parse(readFileSync(path, 'utf8')) as { events: [{ workflowExecutionStartedEventAttributes: { workflowId: string } }] };
  const { workflowId } = history.events[0].workflowExecutionStartedEventAttributes;
  await Worker.runReplayHistory({ workflowBundle: { code: bundle }, sinks }, historyFromJSON(history), workflowId);
}
