import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { openFreshStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';
import type { RunDescription, RunLedger } from '../types.js';

let server: PostgresServer;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = await openFreshStore(server);
}, 60_000);

afterAll(async () => {
  await database.close();
  await server.stop();
});

beforeEach(async () => {
  await database.db.deleteFrom('flow_marks').execute();
  await database.db.deleteFrom('flow_memory').execute();
});

const at = (second: number): string => `2026-02-01T00:00:${String(second).padStart(2, '0')}.000000Z`;

function open(second: number, more: Partial<RunDescription> = {}): Promise<RunLedger> {
  return database.openRun(runOf({ incremental: true, startedAt: at(second), ...more }), 1);
}

/** Runs three listings that each led to a bug; the bug of `b` was found by `c` as well. */
async function runListings(second: number, endOf: (ledger: RunLedger) => Promise<unknown>, more: Partial<RunDescription> = {}): Promise<void> {
  const ledger = await open(second, more);
  const listing = (name: string) => unitOf(`list:${name}`, { stage: 'list', mark: name, subjects: [name] });
  await ledger.add(['a', 'b', 'c'].map(listing));
  const remember = (name: string) => [{ key: `listed:${name}`, value: { at: second } }];
  await ledger.commit([
    pageOf('list:a', { discovered: [unitOf('bug:a', { subjects: ['a'] })], remember: remember('a') }),
    pageOf('list:b', { discovered: [unitOf('bug:b', { subjects: ['b'] })], remember: remember('b') }),
    pageOf('list:c', { discovered: [unitOf('bug:b', { subjects: ['c'] })], remember: remember('c') }),
  ]);
  await ledger.commit([pageOf('bug:a', { remember: [{ key: 'bug:a', value: second }] })]);
  await endOf(ledger);
  await ledger.finish('done');
}

const readAll = (ledger: RunLedger) => ledger.commit([pageOf('bug:b', { discovered: [unitOf('comments:b')] }), pageOf('comments:b')].slice(0, 1))
  .then(() => ledger.commit([pageOf('comments:b')]));

async function marks(): Promise<Record<string, string>> {
  const rows = await database.db.selectFrom('flow_marks').select(['mark', 'at']).orderBy('mark').execute();
  return Object.fromEntries(rows.map((row) => [row.mark, row.at]));
}

it('keeps the marks of a run in which all went well, and hands them to the next', async () => {
  await runListings(1, readAll);
  expect(await marks()).toEqual({ a: at(1), b: at(1), c: at(1) });
  const next = await open(2);
  await next.add([unitOf('list:a', { mark: 'a' }), unitOf('list:new', { mark: 'new' }), unitOf('list:none')]);
  expect((await next.pending('visit', 9)).map(({ key, since }) => [key, since])).toEqual([['list:a', at(1)], ['list:new', undefined], ['list:none', undefined]]);
  const full = await open(2, { incremental: false });
  await full.add([unitOf('list:a', { mark: 'a' })]);
  expect(await full.pending('visit', 9)).toMatchObject([{ since: undefined }]);
  const other = await open(2, { scope: 'bob' });
  await other.add([unitOf('list:a', { mark: 'a' })]);
  expect(await other.pending('visit', 9)).toMatchObject([{ since: undefined }]);
});

it.each([
  ['failed', (ledger: RunLedger) => ledger.end({ unit: 'comments:b', outcome: 'failed', code: 'X_BROKEN', message: 'x' })],
  ['was not read', () => Promise.resolve()],
  ['put a record aside', (ledger: RunLedger) => ledger.commit([pageOf('comments:b', { quarantined: [{ record: '1', code: 'X_BAD', message: 'x' }] })])],
])('keeps no mark and no memory of what led to a unit that %s, however far up', async (_, endOf) => {
  await runListings(1, async (ledger) => {
    await ledger.commit([pageOf('bug:b', { discovered: [unitOf('comments:b')] })]);
    await endOf(ledger);
  });
  expect(await marks()).toEqual({ a: at(1) });
  const next = await open(2);
  expect([...(await next.recall(['listed:a', 'listed:b', 'listed:c', 'bug:a', 'unknown']))]).toEqual([['bug:a', 1], ['listed:a', { at: 1 }]]);
});

it('keeps the mark of a listing that led to private and deleted things, but not of one that is itself private', async () => {
  const ledger = await open(1);
  await ledger.add([unitOf('list:a', { mark: 'a' }), unitOf('list:b', { mark: 'b' })]);
  await ledger.commit([pageOf('list:a', { discovered: [unitOf('bug:1'), unitOf('bug:2')] })]);
  await ledger.end({ unit: 'bug:1', outcome: 'private', code: 'X_PRIVATE', message: 'x' });
  await ledger.end({ unit: 'bug:2', outcome: 'gone', code: 'X_GONE', message: 'x' });
  await ledger.end({ unit: 'list:b', outcome: 'private', code: 'X_PRIVATE', message: 'x' });
  await ledger.finish('done');
  expect(await marks()).toEqual({ a: at(1) });
});

it('comes to an end with units that discovered each other', async () => {
  const ledger = await open(1);
  await ledger.add([unitOf('a', { mark: 'a' })]);
  await ledger.commit([pageOf('a', { discovered: [unitOf('b')], cursor: 1 })]);
  await ledger.commit([pageOf('b', { discovered: [unitOf('a', { subjects: ['bob'] })] })]);
  await ledger.end({ unit: 'a', outcome: 'failed', code: 'X_BROKEN', message: 'x' });
  await ledger.finish('failed');
  expect(await marks()).toEqual({});
});

it('moves marks and memory only forward, whichever run ends first', async () => {
  await runListings(5, readAll);
  await runListings(3, readAll);
  expect(await marks()).toEqual({ a: at(5), b: at(5), c: at(5) });
  expect([...(await (await open(6)).recall(['bug:a', 'listed:a']))]).toEqual([['bug:a', 5], ['listed:a', { at: 5 }]]);
  await runListings(7, readAll);
  expect((await marks())['a']).toBe(at(7));
});

it('leaves no mark and no memory after a run that is not incremental', async () => {
  await runListings(1, readAll, { incremental: false });
  expect(await marks()).toEqual({});
  expect((await (await open(2)).recall(['bug:a'])).size).toBe(0);
});

it('does not recall what the run itself or another scope has remembered, and keeps null', async () => {
  const ledger = await open(1);
  await ledger.add([unitOf('a')]);
  await ledger.commit([pageOf('a', { remember: [{ key: 'x', value: 1 }, { key: 'x', value: null }], cursor: null })]);
  expect((await ledger.recall(['x'])).size).toBe(0);
  expect(await ledger.pending('visit', 1)).toMatchObject([{ cursor: null }]);
  await ledger.commit([pageOf('a')]);
  await ledger.finish('done');
  expect([...(await (await open(2)).recall(['x']))]).toEqual([['x', null]]);
  expect((await (await open(2, { scope: 'bob' })).recall(['x'])).size).toBe(0);
  expect((await (await open(2, { incremental: false })).recall(['x'])).size).toBe(0);
});

it('keeps the mark that a unit began with when another run moves it meanwhile', async () => {
  await runListings(1, readAll);
  const ledger = await open(2);
  await ledger.add([unitOf('list:a', { mark: 'a' })]);
  await runListings(3, readAll);
  expect(await ledger.pending('visit', 1)).toMatchObject([{ since: at(1) }]);
});

it('moves the marks of what led to records that were put aside when the run may put so many aside', async () => {
  const aside = (ledger: RunLedger) =>
    ledger.commit([pageOf('bug:b', { records: 2, quarantined: [{ record: '1', code: 'X_BAD', message: 'x' }] })]);
  await runListings(1, aside, { quarantineThreshold: 0.4 });
  expect(await marks()).toEqual({ a: at(1) });
  await runListings(2, aside, { quarantineThreshold: 0.5 });
  expect(await marks()).toEqual({ a: at(2), b: at(2), c: at(2) });
});
