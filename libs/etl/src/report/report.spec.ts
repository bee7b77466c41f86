import { MemoryObjectStore } from '@tributary/clients/memory';
import { reportKey } from './report-key.js';
import { reportLines } from './report-lines.js';

async function* of<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items;
}

describe('the report of a run', () => {
  it('has a line for each subject, then one for each quarantined record, in bounded chunks', async () => {
    const subjects = Array.from({ length: 3_000 }, (_, index) => ({ subject: `s${index}`, outcome: 'done', units: { done: 1 }, problems: [] }));
    const quarantined = [{ unit: 'u', record: 'r', code: 'C', message: 'line\nbreak' }];
    const { lines, count } = reportLines({ report: () => of(subjects) as never, quarantined: () => of(quarantined) }, () => undefined);
    const chunks: Uint8Array[] = [];
    for await (const chunk of lines) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(70_000);
    const parsed = Buffer.concat(chunks).toString().trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
    expect(parsed).toEqual([...subjects, ...quarantined]);
    expect(count()).toBe(3_001);
  });

  it.each([['a/b c', 'r1'], ['..', 'r2'], ['ö'.repeat(300), 'r3'], ['half \ud83e', 'r4']])('has a key that an object store takes, for workflow id %s', async (workflowId, runId) => {
    const key = reportKey({ flow: 'EtlFlow', key: `${workflowId}/${runId}` });
    expect(key).toMatch(new RegExp(`^flows/EtlFlow/[^/]+/${runId}/report.jsonl$`));
    await expect(new MemoryObjectStore().put(key, Buffer.from('x'))).resolves.toMatchObject({ key });
  });
});
