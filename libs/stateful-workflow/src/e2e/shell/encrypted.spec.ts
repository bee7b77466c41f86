import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataConverter, createEncryptionCodec, parsePayloadKeys } from '@tributary/clients/temporal';
import { Secret } from '@tributary/common';
import { EstateBed, until } from './estate-bed.js';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'stateful-encrypted-'));
let bed: EstateBed;
beforeAll(async () => {
  const keys = parsePayloadKeys(new Secret(JSON.stringify({ k1: randomBytes(32).toString('base64') })));
  bed = await EstateBed.start({ dataConverter: createDataConverter({ codec: createEncryptionCodec(keys, 'k1') }), dbFile: join(folder, 'temporal.sqlite') });
}, 120_000);
afterAll(async () => {
  await bed?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('with encrypted payloads a literal token rotates the tree, and shows nowhere', async () => {
  const [first, second] = [`t1.${randomUUID()}`, `t2.${randomUUID()}`];
  bed.api.tokens = new Set([first]);
  bed.api.datasets = { s1: [{ id: 'd1', name: 'One' }, { id: 'd2', name: 'Two' }] };
  const tree = bed.tree();
  const source = tree.source('s1');
  await source.start({ entity: { id: 's1', name: 'S1', prefs: {}, datasets: [] }, apiToken: first, apiUrl: bed.api.url });
  const loadedWith = (label: string) => until(label, () => source.state(), ({ Dataset }) => ['d1', 'd2'].every((id) => Dataset?.[id]?.token === label));
  await loadedWith('t1');
  bed.api.tokens = new Set([second]);
  await source.handle.signal('apiToken', second);
  await loadedWith('t2');
  const { runId } = await source.handle.describe();
  while ((await source.handle.describe()).runId === runId) await Promise.all(['a', 'b', 'c'].map((theme) => source.actions.theme({ theme })));
  await source.load();
  await until('a load of the new run', async () => bed.api.asked('/sources/s1'), (asked) => asked.at(-1)?.token === second);

  const told: unknown[] = [];
  for (const ref of [source, tree.dataset('d1')]) {
    told.push(await ref.health(), await ref.state(), await ref.progress(), await ref.handle.query('children'), await ref.handle.query('changes', { since: 0 }));
    told.push(await ref.handle.query('__temporal_workflow_metadata'), (await ref.handle.describe()).memo);
  }
  expect(await source.health()).toMatchObject({ credential: { kind: 'literal' } });
  const places = [Buffer.from(JSON.stringify(told)), readFileSync(join(folder, 'temporal.sqlite')), readFileSync(bed.temporal.logFile)];
  for (const token of [first, second]) {
    const secret = token.slice(3);
    for (const body of places) expect(body.includes(secret)).toBe(false);
  }
  expect(places.some((body) => body.includes(source.workflowId))).toBe(true);
});
