import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { findTemporal } from '@tributary/dev/binaries';
import { EstateBed, until } from './estate-bed.js';

jest.setTimeout(180_000);

const API_TOKEN = 'secret://local/api#token' as const;
let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());
beforeEach(() => bed.reset());

const names = (count: number) => Array.from({ length: count }, (_, index) => `d${index}`);

/** What a rotation is in the world outside: the store has the new credential, and the source takes no other. */
function rotateOutside(token: string, version: number): void {
  bed.secrets.local.api = { token, version: String(version) };
  bed.api.tokens = new Set([token]);
}

/** A source whose datasets come from the API, started with the first credential. */
async function source(tree: ReturnType<EstateBed['tree']>, datasets: readonly string[]) {
  bed.api.datasets = { s1: datasets.map((id) => ({ id, name: id })) };
  const ref = tree.source('s1');
  await ref.start({ entity: { id: 's1', name: 's1', prefs: {}, datasets: [] }, apiToken: API_TOKEN, apiUrl: bed.api.url });
  return ref;
}

/** A history with its payloads as text. */
function decoded(json: string): string {
  return json.replaceAll(/"data":\s*"([^"]*)"/g, (_, data: string) => Buffer.from(data, 'base64').toString());
}

type Ref = Awaited<ReturnType<typeof source>>;
const tokens = async (ref: Ref): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { token = 'none' } of Object.values((await ref.state()).Dataset ?? {})) counts[token] = (counts[token] ?? 0) + 1;
  return counts;
};

test('a rotation while 40 children are being started reaches all of them', async () => {
  const tree = bed.tree();
  const ref = await source(tree, names(40));
  await until('the first starts', () => ref.progress(), ({ children }) => children.total > 0);
  rotateOutside('second', 2);
  await ref.apiToken.rotate({ ref: API_TOKEN, minVersion: 2 });
  await until('all on the new one', () => tokens(ref), (counts) => counts['second'] === 40, 60_000);
  // What a load asks for after the rotation was seen never uses the old one.
  const seen = bed.api.log.findIndex(({ token }) => token === 'second');
  expect(bed.api.log.slice(seen).filter(({ token, status }) => token === 'first' && status === 200)).toEqual([]);
});

test('a rotation while a load is in flight leads to another load', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 1);
  bed.api.delayMs = 800;
  const loading = tree.dataset('d0').load();
  await until('the load', () => tree.dataset('d0').health(), ({ loads }) => loads['detail']?.running !== undefined);
  rotateOutside('second', 2);
  await ref.apiToken.rotate({ ref: API_TOKEN, minVersion: 2 });
  await loading;
  await until('the new one', () => tokens(ref), (counts) => counts['second'] === 1);
});

test('a rotation survives a new run, and a child that was terminated and started again has it', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0', 'd1']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 2);
  rotateOutside('second', 2);
  await ref.handle.signal('apiToken', { ref: API_TOKEN, minVersion: 2 });
  await until('the new one', () => tokens(ref), (counts) => counts['second'] === 2);
  const { runId } = await ref.handle.describe();
  while ((await ref.handle.describe()).runId === runId) await Promise.all(names(10).map((theme) => ref.actions.theme({ theme })));
  expect((await ref.health()).credential).toEqual({ kind: 'reference', ref: API_TOKEN, minVersion: 2 });
  await tree.dataset('d0').actions.rename({ name: 'kept' });
  await until('the name', () => ref.state(), ({ Dataset }) => Dataset?.['d0']?.name === 'kept');
  const childRun = (await tree.dataset('d0').handle.describe()).runId;
  await tree.dataset('d0').handle.terminate();
  await until('the restart', () => tree.dataset('d0').handle.describe(), (now) => now.runId !== childRun && now.status.name === 'RUNNING');
  const { credential } = await until('its credential', () => tree.dataset('d0').health(), ({ credential }) => credential.kind === 'reference');
  expect(credential).toMatchObject({ minVersion: 2 });
  // Neither the credential nor the state falls back to what it was when the child was first started.
  expect((await tree.dataset('d0').state()).Dataset?.['d0']?.name).toBe('kept');
});

test('plain commands of the Temporal CLI rotate it, and show what is in force', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 1);
  rotateOutside('second', 2);
  const { path } = await findTemporal();
  const temporal = async (...args: string[]): Promise<string> => {
    const common = ['--address', bed.temporal.address, '--workflow-id', ref.workflowId];
    return (await promisify(execFile)(path, ['workflow', ...args, ...common])).stdout;
  };
  await temporal('signal', '--name', 'apiToken', '--input', JSON.stringify({ ref: API_TOKEN, minVersion: 2 }));
  await until('the new one', () => tokens(ref), (counts) => counts['second'] === 1);
  await temporal('signal', '--name', 'pause');
  await until('the pause', () => ref.progress(), ({ phase }) => phase === 'paused');
  await temporal('update', 'execute', '--name', 'resume');
  expect(await temporal('query', '--name', 'health')).toContain(API_TOKEN);
});

test('a refused credential waits for a rotation; the state is kept and the failure shows', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 1);
  rotateOutside('second', 2);
  bed.secrets.local.api = { token: 'first', version: '1' };
  await tree.dataset('d0').load();
  const { loads } = await until('the refusal', () => tree.dataset('d0').health(), (health) => health.loads['detail']?.awaitingRotation === true);
  expect(loads['detail']?.error).toMatchObject({ code: 'STATEFUL_SOURCE_FAILED', auth: true });
  expect((await tree.dataset('d0').state()).Dataset?.['d0']).toMatchObject({ rows: 7 });
  expect(await tree.dataset('d0').progress()).toMatchObject({ phase: 'degraded' });
  rotateOutside('second', 2);
  await ref.apiToken.rotate({ ref: API_TOKEN, minVersion: 2 });
  await until('the new one', () => tokens(ref), (counts) => counts['second'] === 1);
  expect((await tree.dataset('d0').health()).loads['detail']).toMatchObject({ awaitingRotation: false, failures: 0 });
});

test('a version that the store does not have yet is waited for', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 1);
  await ref.apiToken.rotate({ ref: API_TOKEN, minVersion: 2 });
  await until('the wait', () => tree.dataset('d0').health(), ({ loads }) => loads['detail']?.error?.code === 'STATEFUL_CREDENTIAL_BEHIND');
  rotateOutside('second', 2);
  await until('the new one', () => tokens(ref), (counts) => counts['second'] === 1);
});

test('a literal is refused while payloads are not encrypted: as an update before it is accepted, as a signal it is noted', async () => {
  const tree = bed.tree();
  const ref = await source(tree, []);
  await until('the start', () => ref.progress(), () => true);
  await expect(ref.apiToken.rotate('plain-token-4711')).rejects.toMatchObject({ code: 'STATEFUL_LITERAL_REFUSED' });
  const history = decoded(historyToJSON(await ref.handle.fetchHistory()));
  expect(history).toContain('local/api#token');
  expect(history).not.toContain('plain-token-4711');
  await ref.handle.signal('apiToken', 'plain-token-4712');
  const health = await until('the note', () => ref.health(), ({ problems }) => problems.some(({ code }) => code === 'STATEFUL_LITERAL_REFUSED'));
  expect(JSON.stringify(health)).not.toContain('plain-token');
  expect(health.credential).toMatchObject({ kind: 'reference' });
  await expect(ref.start({ entity: { id: 's1', name: 's1', prefs: {} }, apiToken: 'plain' })).rejects.toMatchObject({ code: 'STATEFUL_LITERAL_REFUSED' });
});

test('apiUrl is taken over by those that have none of their own, and by those only', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0', 'd1']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 2);
  const urlOf = async (id: string) => (await tree.dataset(id).health()).apiUrl;
  expect(await urlOf('d0')).toBe(bed.api.url);
  await tree.dataset('d1').apiUrl.set(`${bed.api.url}/own`);
  await ref.apiUrl.set(`${bed.api.url}/new`);
  await until('the new URL', () => urlOf('d0'), (url) => url === `${bed.api.url}/new`);
  expect(await urlOf('d1')).toBe(`${bed.api.url}/own`);
  await tree.dataset('d1').apiUrl.inherit();
  await until('the new URL', () => urlOf('d1'), (url) => url === `${bed.api.url}/new`);
});

test('a failing source degrades: the state is kept, and the load is tried again', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 1);
  bed.api.broken = 500;
  await ref.load();
  const { loads } = await until('the failure', () => ref.health(), (health) => (health.loads['datasets']?.failures ?? 0) >= 2);
  expect(loads['datasets']?.error).toMatchObject({ code: 'STATEFUL_SOURCE_FAILED' });
  expect((await ref.state()).Dataset?.['d0']).toMatchObject({ rows: 7 });
  bed.api.broken = undefined;
  bed.api.datasets = { s1: [{ id: 'd0', name: 'd0' }, { id: 'd1', name: 'd1' }] };
  await until('the recovery', () => ref.state(), ({ Dataset }) => Dataset?.['d1'] !== undefined);
});

test('what has not changed at the source is not loaded again, and what is gone there is deleted', async () => {
  const tree = bed.tree();
  const ref = await source(tree, ['d0', 'd1']);
  await until('the tree', () => tokens(ref), (counts) => counts['first'] === 2);
  await ref.load();
  await until('not modified', async () => bed.api.asked('/sources/s1'), (asked) => asked.at(-1)?.status === 304);
  bed.api.datasets = { s1: [{ id: 'd1', name: 'd1' }] };
  await ref.load();
  await until('the end of d0', async () => (await tree.dataset('d0').handle.describe()).status.name, (status) => status === 'CANCELLED');
  expect(Object.keys((await ref.state()).Dataset ?? {})).toEqual(['d1']);
});
