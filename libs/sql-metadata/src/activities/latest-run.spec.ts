import { MemoryStateStore } from '@tributary/clients/memory';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import { latestRunKey, recordLatestRun, type LatestRun } from './latest-run.js';

const ref = { uri: 'manifest.json', sha256: '0', bytes: 1, records: 1 };
const { signal } = new AbortController();

function manifest(runId: string, startedAt: string): ExtractionManifest {
  return { runId, workflowId: 'w', startedAt, connection: { name: 'c', qualifiedName: 'default/postgres/1' } } as ExtractionManifest;
}

async function latest(state: MemoryStateStore): Promise<string | undefined> {
  return (await state.get<LatestRun>(latestRunKey('default/postgres/1')))?.value.runId;
}

describe('recordLatestRun', () => {
  it('is not undone by an older run that is published later', async () => {
    const state = new MemoryStateStore();
    await recordLatestRun(state, manifest('new', '2026-02-02T00:00:00.000Z'), ref, signal);
    await recordLatestRun(state, manifest('old', '2026-01-01T00:00:00.000Z'), ref, signal);
    expect(await latest(state)).toBe('new');
  });

  it('repeats harmlessly', async () => {
    const state = new MemoryStateStore();
    const run = manifest('one', '2026-01-01T00:00:00.000Z');
    await recordLatestRun(state, run, ref, signal);
    const before = await state.get(latestRunKey('default/postgres/1'));
    await recordLatestRun(state, run, ref, signal);
    expect(await state.get(latestRunKey('default/postgres/1'))).toEqual(before);
  });

  it('settles on the newest of runs that are published at the same time', async () => {
    const state = new MemoryStateStore();
    const days = ['03', '01', '05', '02', '04'];
    await Promise.all(days.map((day) => recordLatestRun(state, manifest(day, `2026-01-${day}T00:00:00.000Z`), ref, signal)));
    expect(await latest(state)).toBe('05');
  });
});
