import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { buildWorkflowBundle } from '@tributary/testing/stack';

const HISTORIES = resolve(__dirname, '../../testdata/histories');
const recorded = readdirSync(HISTORIES).flatMap((release) =>
  readdirSync(join(HISTORIES, release)).map((file) => ({ name: `${release}/${file}`, path: join(HISTORIES, release, file) })),
);

async function replay(bundle: string, path: string): Promise<void> {
  const sinks = { exporter: { export: { fn: () => undefined } } };
  await Worker.runReplayHistory({ workflowBundle: { code: bundle }, sinks }, historyFromJSON(JSON.parse(readFileSync(path, 'utf8'))));
}

describe('recorded histories', () => {
  let current: string;
  let changed: string;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    current = (await buildWorkflowBundle(resolve(__dirname, 'workflows.ts'))).code;
    changed = (await buildWorkflowBundle(resolve(__dirname, 'changed-workflow.ts'))).code;
  }, 60_000);

  it('are there', () => expect(recorded.length).toBeGreaterThan(0));

  it.each(recorded)('replay on the workflow as it is now: $name', async ({ path }) => {
    await expect(replay(current, path)).resolves.toBeUndefined();
  });

  it('are refused by a workflow that was changed without versioning', async () => {
    const done = recorded.find(({ name }) => name.endsWith('/done.json'));
    await expect(replay(changed, done?.path ?? '')).rejects.toThrow(DeterminismViolationError);
  });
});
