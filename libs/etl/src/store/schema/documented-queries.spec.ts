import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { eventOf, loadSampleRows, openStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';

const PAGE = join(__dirname, '..', '..', '..', '..', '..', 'docs', 'events-database.md');

let server: PostgresServer;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = openStore(server);
  await database.prepare({ migrate: true });
}, 60_000);

afterAll(async () => {
  await database.close();
  await server.stop();
});

it('runs what docs/events-database.md tells readers to run, and finds rows by it', async () => {
  await loadSampleRows(database);
  const now = new Date().toISOString();
  const recent = await database.openRun(runOf({ startedAt: now }), 1);
  await recent.add([unitOf('a')]);
  await recent.commit([pageOf('a', { events: [eventOf('mine', { employee_id: 'E-1001', time_utc: '2026-10-07T00:00:00.000000Z', week: '2026-10-05' })], cursor: 1 })]);
  await recent.finish('failed');
  const statements = [...readFileSync(PAGE, 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(statements).toHaveLength(5);
  const client = new Client(server.url);
  await client.connect();
  try {
    await client.query('CREATE ROLE loader');
    for (const text of statements.filter((statement) => statement.startsWith('SELECT'))) {
      expect([text, (await client.query(text)).rows.length > 0]).toEqual([text, true]);
    }
    const before = await client.query('SELECT FROM tributary.events');
    await client.query(`UPDATE tributary.flow_runs SET started_at = '2024-01-01'`);
    for (const text of statements.filter((statement) => !statement.startsWith('SELECT'))) await client.query(text);
    // The run in the middle stays, and with it what it has still to do; the ended ones are gone.
    expect((await client.query('SELECT key FROM tributary.flow_runs')).rows).toEqual([{ key: 'running' }]);
    expect((await client.query('SELECT key FROM tributary.flow_units')).rows).toHaveLength(3);
    expect((await client.query('SELECT FROM tributary.events')).rowCount).toBe(before.rowCount);
  } finally {
    await client.end();
  }
});
