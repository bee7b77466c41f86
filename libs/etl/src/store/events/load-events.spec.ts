import fc from 'fast-check';
import { sql } from 'kysely';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import type { Event, EventCounts } from '@tributary/workflow-contracts/etl';
import { eventOf, openFreshStore, openStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';
import type { RunLedger } from '../types.js';

let server: PostgresServer;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = await openFreshStore(server);
}, 60_000);

beforeEach(() => database.db.deleteFrom('events').execute());

afterAll(async () => {
  await database.close();
  await server.stop();
});

/** Loads each list as the page of a run of its own. */
async function load(...pages: readonly (readonly Event[])[]): Promise<EventCounts[]> {
  const counts: EventCounts[] = [];
  for (const events of pages) counts.push(await loadAs(await openRun(), events));
  return counts;
}

async function openRun(): Promise<RunLedger> {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('unit')]);
  return ledger;
}

/** Loads a page that was read so many milliseconds ago. */
function loadAs(ledger: RunLedger, events: readonly Event[], age = 0): Promise<EventCounts> {
  return ledger.commit([pageOf('unit', { events, cursor: 1, readAt: performance.now() - age })]);
}

/** Where each row stands and which transactions have written or locked it. */
async function rowVersions(): Promise<unknown[]> {
  return database.db.selectFrom('events').select(['id', sql`ctid::text`.as('ctid'), sql`xmin::text`.as('xmin'), sql`xmax::text`.as('xmax')]).orderBy('id').execute();
}

it('counts what was new, what differed and what was there', async () => {
  const changes: Partial<Event>[] = [
    { employee_id: null },
    { employee_id: 'E2' },
    { parent_id: 'bug-2' },
    { type: 'bug.created' },
    { time_utc: '2026-01-07T12:30:00.123457Z' },
    { time_utc: '2026-01-14T12:30:00.000000Z', week: '2026-01-12' },
    { relation_properties: { size: 2 } },
  ];
  const before = changes.map((_, index) => eventOf(`e${index}`));
  const after = changes.map((change, index) => eventOf(`e${index}`, change));
  expect(await load(before, [...after, eventOf('new')], [...after, eventOf('new')])).toEqual([
    { inserted: 7, updated: 0, unchanged: 0 },
    { inserted: 1, updated: 7, unchanged: 0 },
    { inserted: 0, updated: 0, unchanged: 8 },
  ]);
  const rows = await database.db.selectFrom('events').selectAll().orderBy('id').execute();
  expect(rows.map(({ inserted_at: _, changed_at: __, run_id: ___, read_at: ____, ...event }) => event)).toEqual([...after, eventOf('new')]);
});

it('neither writes nor locks a row that is as it should be', async () => {
  const properties = { b: [1, { y: 'ü', x: null }], a: 1.5 };
  await load([eventOf('same', { relation_properties: properties }), eventOf('changes')]);
  const before = await rowVersions();
  const reordered = { a: 1.5, b: [1, { x: null, y: 'ü' }] };
  await load([eventOf('same', { relation_properties: reordered }), eventOf('changes', { employee_id: 'E2' })]);
  const after = await rowVersions();
  expect(after[1]).toEqual(before[1]);
  expect(after[0]).not.toEqual(before[0]);
});

it('notes when a row came in and when it was last corrected', async () => {
  await load([eventOf('a'), eventOf('b')], [eventOf('a', { employee_id: 'E2' }), eventOf('b')]);
  const rows = await database.db.selectFrom('events').select(['id', sql<boolean>`changed_at > inserted_at`.as('corrected')]).orderBy('id').execute();
  expect(rows).toEqual([{ id: 'a', corrected: true }, { id: 'b', corrected: false }]);
});

it('takes the last of several events of one id, and counts them as one', async () => {
  expect(await load([eventOf('a', { employee_id: 'E1' }), eventOf('b'), eventOf('a', { employee_id: 'E2' })])).toEqual([
    { inserted: 2, updated: 0, unchanged: 0 },
  ]);
  expect(await database.db.selectFrom('events').select('employee_id').where('id', '=', 'a').execute()).toEqual([{ employee_id: 'E2' }]);
});

it('keeps sources apart', async () => {
  expect(await load([eventOf('a'), eventOf('a', { source_kind_id: 'other' })])).toEqual([{ inserted: 2, updated: 0, unchanged: 0 }]);
});

it.each(['2026-01-07T00:00:00.000000Z', '2026-01-11T23:59:59.999999Z', '2026-01-07T12:30:00.000001Z'])('keeps %s to the microsecond', async (time) => {
  await load([eventOf('a', { time_utc: time })]);
  const [row] = await database.db.selectFrom('events').select(['time_utc', 'week', sql<string>`extract(microseconds from time_utc)`.as('micros')]).execute();
  expect(row).toMatchObject({ time_utc: time, week: '2026-01-05' });
  expect(Number(row?.micros) % 1_000_000).toBe(Number(time.slice(20, 26)));
});

it('reads and writes the same whatever time zone and styles the role is set to', async () => {
  const role = 'elsewhere';
  await sql`CREATE ROLE ${sql.id(role)} SUPERUSER LOGIN`.execute(database.db);
  for (const setting of ["timezone = 'Asia/Kathmandu'", "datestyle = 'German, DMY'", "default_transaction_isolation = 'serializable'", "search_path = ''"]) {
    await sql.raw(`ALTER ROLE ${role} SET ${setting}`).execute(database.db);
  }
  const elsewhere = openStore(server, { url: `postgres://${role}@${server.host}:${server.port}/${server.database}`, schema: 'elsewhere' });
  await sql.raw(`ALTER ROLE ${role} PASSWORD '${server.password}'`).execute(database.db);
  try {
    await elsewhere.prepare({ migrate: true });
    const ledger = await elsewhere.openRun(runOf(), 1);
    await ledger.add([unitOf('unit')]);
    await ledger.commit([pageOf('unit', { events: [eventOf('a')] })]);
    expect(await elsewhere.db.selectFrom('events').select(['time_utc', 'week']).execute()).toEqual([
      { time_utc: '2026-01-07T12:30:00.123456Z', week: '2026-01-05' },
    ]);
  } finally {
    await elsewhere.close();
  }
});

it('stores what people type, and replaces what PostgreSQL cannot hold', async () => {
  const typed = { title: `O'Reilly "\\u0000" \\ \n 🎉 ${'x'.repeat(100_000)}`, nul: 'a\0b', half: 'a\ud83d', 'k\0': 1 };
  const [counts] = await load([eventOf('a', { relation_properties: typed })]);
  expect(counts?.inserted).toBe(1);
  const [row] = await database.db.selectFrom('events').select('relation_properties').execute();
  expect(row?.relation_properties).toEqual({ title: typed.title, nul: 'a\ufffdb', half: 'a\ufffd', 'k\ufffd': 1 });
  expect(await load([eventOf('a', { relation_properties: typed })])).toEqual([{ inserted: 0, updated: 0, unchanged: 1 }]);
});

it('refuses a week that is not the week of the time, and loads nothing of that commit', async () => {
  await expect(load([eventOf('a'), eventOf('b', { week: '2026-01-12' })])).rejects.toMatchObject({ code: 'ETL_DATABASE_FAILED' });
  expect(await rowVersions()).toEqual([]);
});

it('loads more events than one statement takes', async () => {
  const events = Array.from({ length: 4_500 }, (_, index) => eventOf(`e${index}`));
  expect(await load(events, events)).toEqual([
    { inserted: 4_500, updated: 0, unchanged: 0 },
    { inserted: 0, updated: 0, unchanged: 4_500 },
  ]);
});

it('counts like a map in memory', async () => {
  const event = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), employee: fc.constantFrom('E1', 'E2', null), size: fc.constantFrom(1, 2) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(event, { maxLength: 6 }), { maxLength: 6 }), async (commits) => {
      await database.db.deleteFrom('events').execute();
      const pages = commits.map((page) => page.map(({ id, employee, size }) => eventOf(id, { employee_id: employee, relation_properties: { size } })));
      const model = new Map<string, string>();
      const expected = pages.map((page) => {
        const counts = { inserted: 0, updated: 0, unchanged: 0 };
        for (const [id, last] of new Map(page.map((each) => [each.id, JSON.stringify(each)]))) {
          counts[model.has(id) ? (model.get(id) === last ? 'unchanged' : 'updated') : 'inserted'] += 1;
          model.set(id, last);
        }
        return counts;
      });
      expect(await load(...pages)).toEqual(expected);
      expect(await database.db.selectFrom('events').select('id').execute()).toHaveLength(model.size);
    }),
    { numRuns: 40 },
  );
}, 60_000);

it('loads overlapping events from eight connections without a deadlock, and inserts each once', async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `e${index}`);
  const loads = Array.from({ length: 8 }, async (_, worker) => {
    const totals: EventCounts[] = [];
    for (let round = 0; round < 6; round += 1) {
      // Each worker comes with the events in another order, and with another opinion on who did it.
      const shuffled = ids.map((id, index) => ({ id, rank: (index * (worker * 2 + 7) + round * 31) % 311 })).sort((a, b) => a.rank - b.rank);
      const events = shuffled.map(({ id }) => eventOf(id, { employee_id: `E${(worker + round) % 3}` }));
      totals.push(...(await load(events)));
    }
    return totals;
  });
  const all = (await Promise.all(loads)).flat();
  const sum = (of: keyof EventCounts): number => all.reduce((total, counts) => total + counts[of], 0);
  expect(sum('inserted')).toBe(ids.length);
  expect(sum('inserted') + sum('updated') + sum('unchanged')).toBe(8 * 6 * ids.length);
  const [{ deadlocks } = { deadlocks: -1 }] = (await sql<{ deadlocks: number }>`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`.execute(database.db)).rows;
  expect(deadlocks).toBe(0);
}, 60_000);

it('counts an event that several pages of a run bring once, as what became of it first', async () => {
  await load([eventOf('old'), eventOf('same')]);
  const run = await openRun();
  expect(await loadAs(run, [eventOf('new'), eventOf('old', { employee_id: 'E2' })])).toEqual({ inserted: 1, updated: 1, unchanged: 0 });
  expect(await loadAs(run, [eventOf('new'), eventOf('old', { employee_id: 'E2' })])).toEqual({ inserted: 0, updated: 0, unchanged: 0 });
  expect(await loadAs(run, [eventOf('new', { employee_id: 'E3' }), eventOf('old', { employee_id: 'E3' })])).toEqual({ inserted: 0, updated: 0, unchanged: 0 });
  // Nothing is written for what stays as it is, so nothing says that it was met before.
  expect([await loadAs(run, [eventOf('same')]), await loadAs(run, [eventOf('same')])]).toEqual(Array(2).fill({ inserted: 0, updated: 0, unchanged: 1 }));
  expect(await run.totals()).toMatchObject({ events: { inserted: 1, updated: 1, unchanged: 2 }, types: { 'bug.commented': 4 } });
});

it('does not undo what was read later, whichever commit comes last', async () => {
  const [slow, quick] = [await openRun(), await openRun()];
  await load([eventOf('a')]);
  const employee = async () => (await database.db.selectFrom('events').select('employee_id').executeTakeFirstOrThrow()).employee_id;
  expect(await loadAs(quick, [eventOf('a', { employee_id: 'newer' })])).toMatchObject({ updated: 1 });
  const before = await rowVersions();
  expect(await loadAs(slow, [eventOf('a', { employee_id: 'older' })], 60_000)).toEqual({ inserted: 0, updated: 0, unchanged: 1 });
  expect(await employee()).toBe('newer');
  expect(await rowVersions()).toEqual(before);
  expect(await loadAs(slow, [eventOf('a', { employee_id: 'newest' })])).toMatchObject({ updated: 1 });
  expect(await employee()).toBe('newest');
});

it.each([
  ['of which nobody noted when they were read', null],
  ['that a wrong clock has dated ahead', sql<string>`now() + interval '1 hour'`],
])('takes of one commit what was read last, and corrects rows %s', async (_, readAt) => {
  await load([eventOf('a')]);
  await database.db.updateTable('events').set({ read_at: readAt, run_id: null }).execute();
  const ledger = await openRun();
  await ledger.add([unitOf('other')]);
  const now = performance.now();
  const page = (unit: string, employee: string, age: number) => pageOf(unit, { events: [eventOf('a', { employee_id: employee })], readAt: now - age });
  expect(await ledger.commit([page('unit', 'new', 10), page('other', 'old', 5_000)])).toEqual({ inserted: 0, updated: 1, unchanged: 0 });
  expect(await database.db.selectFrom('events').select('employee_id').execute()).toEqual([{ employee_id: 'new' }]);
});
