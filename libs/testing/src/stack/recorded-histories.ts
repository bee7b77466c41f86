import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';

const WORKSPACE = resolve(__dirname, '../../../..');

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

/** Keeps the history of a workflow, as it is now, as `<folder>/<name>.json`. */
export async function recordHistory(folder: string, name: string, handle: WorkflowHandle): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${withoutMachine(historyToJSON(await handle.fetchHistory()))}\n`);
}

/** Stack traces and identities say where something was recorded, which is nobody's business. */
export function withoutMachine(text: string): string {
  return text.replaceAll(`${WORKSPACE}/`, '').replaceAll(`@${hostname()}`, '@host');
}
