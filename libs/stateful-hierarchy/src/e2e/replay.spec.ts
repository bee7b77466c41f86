import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { buildWorkflowBundle, recordedIn, replayRecorded } from '@tributary/testing/stack';

const recorded = recordedIn(resolve(__dirname, '../../testdata/histories'));

describe('recorded histories of the hierarchy', () => {
  let current: string;
  let changed: string;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    current = (await buildWorkflowBundle(resolve(__dirname, '../workflows/index.ts'))).code;
    changed = (await buildWorkflowBundle(resolve(__dirname, 'changed-workflows.ts'))).code;
  }, 60_000);

  it.each(recorded)('replay on the workflows as they are now: $name', async ({ path }) => {
    await expect(replayRecorded(current, path)).resolves.toBeUndefined();
  });

  it('are refused by a workflow that was changed without versioning', async () => {
    const organization = recorded.find(({ name }) => name.endsWith('/organization.json'));
    await expect(replayRecorded(changed, organization?.path ?? '')).rejects.toThrow(DeterminismViolationError);
  });

  it('name no machine and hold no token', () => {
    for (const { path } of recorded) {
      const text = readFileSync(path, 'utf8');
      const hosts = [...text.matchAll(/"identity": ?"[^"]*@([^"]*)"/g)].map(([, host]) => host);
      expect(hosts.filter((host) => host !== 'host')).toEqual([]);
      expect(text).not.toMatch(/\(\/|file:\/\/|Bearer /);
    }
  });
});
