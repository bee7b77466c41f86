import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { eventOf, openFreshStore, pageOf, runOf, unitOf, urlOf } from '../../e2e/store-test-bed.js';
import { Connection } from '../database/connection.js';
import { DatabaseErrors } from '../database/database-errors.js';
import { PasswordKeeper } from '../database/password-keeper.js';
import { parseDatabaseUrl } from '../database/url.js';
import type { OpenEventDatabase } from '../event-database.js';
import { prepareSchema } from '../schema/prepare.js';
import { PostgresRunLedger } from './run-ledger.js';
import { openRow } from './run-row.js';

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

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

it('goes from roots to the report: pages, discoveries, problems, totals', async () => {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('list:alice', { stage: 'list' }), unitOf('list:bob', { stage: 'list', subjects: ['bob'] })]);
  expect((await ledger.pending('list', 10)).map(({ key }) => key)).toEqual(['list:alice', 'list:bob']);
  const bug = (subject: string, known: string) => unitOf('bug:1', { subjects: [subject], payload: { [known]: 1 } });
  await ledger.commit([
    pageOf('list:alice', { discovered: [bug('alice', 'a'), unitOf('bug:2')] }),
    pageOf('list:bob', { discovered: [bug('bob', 'b')], cursor: { memo: 75 } }),
  ]);
  expect(await ledger.progress('visit')).toEqual({ done: 0, total: 2, events: { inserted: 0, updated: 0, unchanged: 0 } });
  const [first] = await ledger.pending('visit', 10);
  expect(first).toEqual({
    key: 'bug:1', stage: 'visit', kind: 'bug', payload: { a: 1, b: 1 }, subjects: ['alice', 'bob'],
    cursor: undefined, since: undefined, attempts: 0,
  });
  expect(await ledger.pending('list', 10, 'list:alice')).toMatchObject([{ key: 'list:bob', cursor: { memo: 75 } }]);
  expect(await ledger.commit([pageOf('bug:1', { events: [eventOf('a'), eventOf('a', { employee_id: 'E2' }), eventOf('b')] })])).toEqual({
    inserted: 2, updated: 0, unchanged: 0,
  });
  await ledger.putBack('bug:2');
  expect(await ledger.pending('visit', 10)).toMatchObject([{ key: 'bug:2', attempts: 1 }]);
  await ledger.end({ unit: 'bug:2', outcome: 'failed', code: 'X_BROKEN', message: 'It broke' });
  await ledger.commit([pageOf('list:bob')]);
  const totals = {
    events: { inserted: 2, updated: 0, unchanged: 0 },
    types: { 'bug.commented': 2 },
    records: 0,
    quarantined: 0,
    subjects: { done: 1, private: 0, gone: 0, failed: 1 },
    units: { done: 3, private: 0, gone: 0, failed: 1 },
  };
  const report = [
    { subject: 'alice', outcome: 'failed', units: { done: 2, private: 0, gone: 0, failed: 1 },
      problems: [{ unit: 'bug:2', outcome: 'failed', code: 'X_BROKEN', message: 'It broke' }] },
    { subject: 'bob', outcome: 'done', units: { done: 2, private: 0, gone: 0, failed: 0 }, problems: [] },
  ];
  for (const when of ['before the end', 'after it', 'after the repeated end']) {
    expect([when, await ledger.totals()]).toEqual([when, totals]);
    expect([when, await collect(ledger.report())]).toEqual([when, report]);
    await ledger.finish('failed');
  }
  await expect(ledger.commit([pageOf('bug:1')])).rejects.toMatchObject({ code: 'ETL_RUN_CLOSED' });
  expect(await database.db.selectFrom('flow_units').select('key').execute()).toEqual([]);
});

it('keeps to the newer state of a unit when an older reading of the pending ones arrives late', async () => {
  const place = parseDatabaseUrl(urlOf(server));
  const schema = `late ${randomUUID()}`;
  const connection = new Connection(
    { ...place, passwords: new PasswordKeeper(new Secret(server.password), () => undefined), applicationName: 'late', maxConnections: 2 },
    schema,
    new DatabaseErrors(place, schema),
  );
  try {
    await prepareSchema(connection, { migrate: true });
    const run = runOf();
    const ledger = new PostgresRunLedger({ connection, id: await openRow(connection, run, 1), attempt: 1, run });
    await ledger.add([unitOf('bug:1')]);
    await ledger.pending('visit', 10);

    const read = connection.read.bind(connection);
    let arrive = (): void => undefined;
    const underway = new Promise<void>((resolve) => (arrive = resolve));
    connection.read = async (what, body) => {
      const rows = await read(what, body);
      await underway;
      return rows;
    };
    const late = ledger.pending('visit', 10);
    connection.read = read;
    await ledger.commit([pageOf('bug:1', { cursor: 1 })]);
    arrive();
    expect(await late).toMatchObject([{ key: 'bug:1', cursor: undefined }]);
    expect(await ledger.commit([pageOf('bug:1', { events: [eventOf('late')] })])).toMatchObject({ inserted: 1 });
  } finally {
    await connection.close();
  }
});

it('closes runs that nobody has touched for a month, one at a time, and no others', async () => {
  const old = ['terminated', 'terminated too', 'alive'];
  for (const key of [...old, 'young']) {
    const ledger = await database.openRun(runOf({ key, incremental: true }), 1);
    await ledger.add([unitOf('done', { mark: 'm' }), unitOf('left', { subjects: ['bob'] })]);
    await ledger.commit([pageOf('done', { events: [eventOf(key)] })]);
  }
  const monthAgo = sql<string>`now() - interval '32 days'`;
  await database.db.updateTable('flow_runs').set({ touched_at: monthAgo }).where('key', 'in', old).execute();
  const alive = await database.openRun(runOf({ key: 'alive' }), 2);
  await database.db.updateTable('flow_runs').set({ touched_at: monthAgo }).where('key', '=', 'alive').execute();
  await alive.commit([pageOf('left', { cursor: 1 })]);

  expect([await database.closeAbandonedRun(), await database.closeAbandonedRun(), await database.closeAbandonedRun()]).toEqual([true, true, false]);
  const runs = await database.db.selectFrom('flow_runs').select(['key', 'state', 'units', 'subjects']).where('key', 'in', [...old, 'young']).orderBy('key').execute();
  expect(runs).toMatchObject([
    { key: 'alive', state: 'running' },
    { key: 'terminated', state: 'failed', units: { done: 1, failed: 1 }, subjects: { done: 1, failed: 1 } },
    { key: 'terminated too', state: 'failed' },
    { key: 'young', state: 'running' },
  ]);
  const left = await database.db
    .selectFrom('flow_units')
    .innerJoin('flow_runs', 'flow_runs.id', 'flow_units.run_id')
    .select('flow_runs.key')
    .distinct()
    .orderBy('flow_runs.key')
    .execute();
  expect(left).toEqual([{ key: 'alive' }, { key: 'young' }]);
  expect(await database.db.selectFrom('flow_marks').selectAll().execute()).toEqual([]);
  await expect((await database.openRun(runOf({ key: 'terminated' }), 2)).commit([pageOf('left')])).rejects.toMatchObject({ code: 'ETL_RUN_CLOSED' });
});
