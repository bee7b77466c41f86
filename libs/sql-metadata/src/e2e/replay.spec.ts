import { resolve } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { buildWorkflowBundle, recordedIn, replayRecorded } from '@tributary/testing/stack';

const recorded = recordedIn(resolve(__dirname, '../../testdata/histories'));

describe('recorded histories', () => {
  let current: string;
  let changed: string;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    current = (await buildWorkflowBundle(resolve(__dirname, '../workflows/index.ts'))).code;
    changed = (await buildWorkflowBundle(resolve(__dirname, 'changed-workflow.ts'))).code;
  }, 60_000);

  it('are there', () => expect(recorded.length).toBeGreaterThan(0));

  it.each(recorded)('replay on the workflow as it is now: $name', async ({ path }) => {
    await expect(replayRecorded(current, path)).resolves.toBeUndefined();
  });

  it.each(['published', 'source-checked'])('are refused by a workflow that was changed without versioning: %s', async (history) => {
    const found = recorded.find(({ name }) => name.endsWith(`/${history}.json`));
    await expect(replayRecorded(changed, found?.path ?? '')).rejects.toThrow(DeterminismViolationError);
  });
});
