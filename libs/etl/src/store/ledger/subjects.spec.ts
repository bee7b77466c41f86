import type { SubjectReport } from '@tributary/workflow-contracts/etl';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { openFreshStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';
import type { RunLedger } from '../types.js';

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

async function reports(ledger: RunLedger): Promise<Record<string, SubjectReport>> {
  const all: Record<string, SubjectReport> = {};
  for await (const report of ledger.report()) all[report.subject] = report;
  return all;
}

const outcomes = async (ledger: RunLedger) => Object.fromEntries(Object.values(await reports(ledger)).map((report) => [report.subject, report.outcome]));

it('says of each subject how it ended', async () => {
  const ledger = await database.openRun(runOf(), 1);
  const names = ['fine', 'hidden', 'suspended', 'broken', 'unread', 'lossy', 'with-private-bug'];
  await ledger.add(names.map((name) => unitOf(`person:${name}`, { stage: 'resolve', subjects: [name] })));
  const bad = (name: string, outcome: 'private' | 'gone' | 'failed') => ledger.end({ unit: name, outcome, code: `X_${outcome.toUpperCase()}`, message: outcome });
  await bad('person:hidden', 'private');
  await bad('person:suspended', 'gone');
  await bad('person:broken', 'failed');
  await ledger.commit([
    pageOf('person:fine'),
    pageOf('person:lossy', { quarantined: [{ record: 'bug 7', code: 'X_BAD', message: 'no date' }] }),
    pageOf('person:with-private-bug', { discovered: [unitOf('bug:1', { subjects: ['with-private-bug'] })] }),
  ]);
  await bad('bug:1', 'private');
  expect(await outcomes(ledger)).toEqual({
    fine: 'done', hidden: 'private', suspended: 'gone', broken: 'failed', unread: 'failed', lossy: 'failed', 'with-private-bug': 'done',
  });
  const { unread, lossy, 'with-private-bug': partly } = await reports(ledger);
  expect(unread?.problems).toEqual([{ unit: 'person:unread', outcome: 'failed', code: 'ETL_UNIT_UNREAD', message: 'Not read to its end when the run ended' }]);
  expect(lossy).toMatchObject({ units: { done: 1, failed: 0 }, problems: [{ unit: 'person:lossy', outcome: 'failed', code: 'X_BAD' }] });
  expect(partly).toMatchObject({ units: { done: 1, private: 1 }, problems: [{ unit: 'bug:1', outcome: 'private' }] });
  expect((await ledger.totals()).subjects).toEqual({ done: 2, private: 1, gone: 1, failed: 3 });
});

it('names the first unit of each code only', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([3, 1, 2].map((bug) => unitOf(`bug:${bug}`)));
  for (const bug of [2, 3, 1]) await ledger.end({ unit: `bug:${bug}`, outcome: 'failed', code: bug === 3 ? 'X_OTHER' : 'X_SAME', message: `bug ${bug}` });
  expect((await reports(ledger))['alice']?.problems.map(({ unit, code }) => [unit, code])).toEqual([['bug:3', 'X_OTHER'], ['bug:1', 'X_SAME']]);
});

it('gives a unit that is already read to the subject that comes later, with all that it led to', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('list:alice'), unitOf('list:bob', { subjects: ['bob'] })]);
  await ledger.commit([pageOf('list:alice', { discovered: [unitOf('bug:1')] })]);
  await ledger.commit([pageOf('bug:1', { discovered: [unitOf('comments:1')] })]);
  await ledger.commit([pageOf('comments:1', { discovered: [unitOf('inline:1')] })]);
  await ledger.end({ unit: 'inline:1', outcome: 'failed', code: 'X_BROKEN', message: 'x' });
  await ledger.commit([pageOf('list:bob', { discovered: [unitOf('bug:1', { subjects: ['bob'], payload: { more: true } })] })]);
  expect(await ledger.pending('visit', 9)).toEqual([]);
  expect(await reports(ledger)).toMatchObject({
    alice: { outcome: 'failed', units: { done: 3, failed: 1 } },
    bob: { outcome: 'failed', units: { done: 3, failed: 1 } },
  });
});

it('reads what a unit discovers on behalf of subjects that it got after it was handed out', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('bug:1'), unitOf('list:bob', { subjects: ['bob'] })]);
  await ledger.pending('visit', 9);
  await ledger.commit([pageOf('list:bob', { discovered: [unitOf('bug:1', { subjects: ['bob'] })] })]);
  await ledger.commit([pageOf('bug:1', { discovered: [unitOf('comments:1', { subjects: ['alice'] })] })]);
  expect(await ledger.pending('visit', 9)).toMatchObject([{ key: 'comments:1', subjects: ['alice', 'bob'] }]);
});

it('merges what is added again: payload, subjects, mark; stage and state stay', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('a', { payload: { x: 1, y: 1 } }), unitOf('a', { payload: { y: 2 }, subjects: ['bob'] })]);
  await ledger.add([unitOf('a', { payload: { z: [3] }, subjects: ['carol'], mark: 'm', stage: 'later' })]);
  await ledger.add([unitOf('a')]);
  expect(await ledger.pending('visit', 9)).toMatchObject([{ payload: { x: 1, y: 2, z: [3] }, subjects: ['alice', 'bob', 'carol'], mark: 'm' }]);
  expect(await ledger.progress('visit')).toMatchObject({ done: 0, total: 1 });
  expect(await ledger.progress('later')).toMatchObject({ done: 0, total: 0 });
});

it('knows subjects by the name that the source has for them now', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('person:old', { subjects: ['old'] }), unitOf('person:same', { subjects: ['same'] })]);
  await ledger.commit([pageOf('person:old', { renamed: { subject: 'old', to: 'new' } }), pageOf('person:same', { renamed: { subject: 'same', to: 'same' } })]);
  expect([...(await ledger.subjects())].sort()).toEqual(['new', 'same']);
  const all = await reports(ledger);
  expect(all['old']).toMatchObject({ renamedTo: 'new', outcome: 'done' });
  expect(all['same']).not.toHaveProperty('renamedTo');
});

it('lists what was put aside, over many pages', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('a')]);
  const records = Array.from({ length: 1_203 }, (_, index) => ({ record: `message ${index}`, code: 'X_BAD', message: 'a\0b' }));
  await ledger.commit([pageOf('a', { quarantined: records })]);
  await ledger.finish('failed');
  const all: string[] = [];
  for await (const { unit, record, message } of ledger.quarantined()) all.push([unit, record, message].join());
  expect(all).toEqual(records.map(({ record }) => `a,${record},a\ufffdb`));
  expect((await ledger.totals()).quarantined).toBe(1_203);
});

it('orders units by the bytes of their keys and pages through them', async () => {
  const ledger = await database.openRun(runOf(), 1);
  const keys = ['B', 'a', 'Ä', 'z', '10', '9', '🎉', '\uffee'];
  await ledger.add(keys.map((key) => unitOf(key)));
  const seen: string[] = [];
  for (let page = await ledger.pending('visit', 3); page.length > 0; page = await ledger.pending('visit', 3, seen.at(-1))) seen.push(...page.map(({ key }) => key));
  expect(seen).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
});

it('takes records that were put aside for a loss only when they are too many of the run, and a unit that failed always', async () => {
  const lossy = (unit: string) => pageOf(unit, { records: 5, quarantined: [{ record: '1', code: 'X_BAD', message: 'no date' }], cursor: 1 });
  const outcomesAt = async (quarantineThreshold: number) => {
    const ledger = await database.openRun(runOf({ quarantineThreshold }), 1);
    await ledger.add([unitOf('person:lossy', { subjects: ['lossy'] }), unitOf('person:broken', { subjects: ['broken'] })]);
    await ledger.commit([lossy('person:lossy'), lossy('person:broken')]);
    await ledger.commit([pageOf('person:lossy', { records: 10 })]);
    await ledger.end({ unit: 'person:broken', outcome: 'failed', code: 'X_BROKEN', message: 'x' });
    expect(await ledger.totals()).toMatchObject({ records: 20, quarantined: 2 });
    return outcomes(ledger);
  };
  expect(await outcomesAt(0.1)).toEqual({ lossy: 'done', broken: 'failed' });
  expect(await outcomesAt(0.099)).toEqual({ lossy: 'failed', broken: 'failed' });
});
