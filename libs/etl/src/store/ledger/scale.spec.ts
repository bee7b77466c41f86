import { sql } from 'kysely';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { openFreshStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';

const UNITS = 100_000;
const PER_PAGE = 5_000;

let server: PostgresServer;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = await openFreshStore(server, { schema: 'scale' });
}, 60_000);

afterAll(async () => {
  await database.close();
  await server.stop();
});

it('takes a run of 100,000 units, hands them out by its index and leaves none behind', async () => {
  const ledger = await database.openRun(runOf({ incremental: true }), 1);
  await ledger.add([unitOf('list', { stage: 'list', mark: 'all' })]);
  for (let from = 0; from < UNITS; from += PER_PAGE) {
    const discovered = Array.from({ length: PER_PAGE }, (_, index) => unitOf(`bug:${from + index}`, { subjects: [`m${index % 50}`] }));
    await ledger.commit([pageOf('list', { discovered, cursor: from + PER_PAGE < UNITS ? from : undefined })]);
  }
  expect(await ledger.progress('visit')).toMatchObject({ done: 0, total: UNITS });
  const plan = await sql<{ 'QUERY PLAN': string }>`EXPLAIN SELECT * FROM scale.flow_units WHERE run_id = 1 AND stage = 'visit'
    AND state = 'pending' AND key > 'bug:5' ORDER BY key LIMIT 200`.execute(database.db);
  expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('flow_units_run_id_stage_key_idx');
  let read = 0;
  for (let units = await ledger.pending('visit', PER_PAGE); units.length > 0; units = await ledger.pending('visit', PER_PAGE)) {
    await ledger.commit(units.map(({ key }) => pageOf(key, { remember: [{ key, value: 1 }] })));
    read += units.length;
  }
  expect(read).toBe(UNITS);
  expect(await ledger.totals()).toMatchObject({ units: { done: UNITS + 1, failed: 0 }, subjects: { done: 51, failed: 0 } });
  await ledger.finish('done');
  const left = await sql<{ rows: number }>`SELECT (SELECT count(*) FROM scale.flow_units) + (SELECT count(*) FROM scale.flow_edges)
    + (SELECT count(*) FROM scale.flow_remembered) AS rows`.execute(database.db);
  expect(left.rows).toEqual([{ rows: 0 }]);
  const next = await database.openRun(runOf({ incremental: true }), 1);
  expect((await next.recall(['bug:0', `bug:${UNITS - 1}`])).size).toBe(2);
}, 120_000);
