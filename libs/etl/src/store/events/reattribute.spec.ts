import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import type { Event } from '@tributary/workflow-contracts/etl';
import { IDENTITY_KEY, eventOf, openFreshStore, openStore, pageOf, runOf, unitOf } from '../../e2e/store-test-bed.js';
import type { OpenEventDatabase } from '../event-database.js';
import { hashedName } from '../identities.js';

const KIND = 'launchpad';
const SCHEMA = 'reattributed';
const PEOPLE = [{ type: 'bug.commented', property: 'reviewers' }, { type: 'bug.commented', property: 'assignee' }];
const hash = (name: string): string => hashedName(IDENTITY_KEY, KIND, name);

let server: PostgresServer;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = await openFreshStore(server, { schema: SCHEMA });
}, 60_000);

beforeEach(async () => {
  for (const table of ['events', 'identities', 'event_people'] as const) await database.db.deleteFrom(table).execute();
});

afterAll(async () => {
  await database.close();
  await server.stop();
});

async function load(events: readonly Event[]): Promise<void> {
  const ledger = await database.openRun(runOf(), 1);
  await ledger.add([unitOf('unit')]);
  await ledger.commit([pageOf('unit', { events, people: PEOPLE })]);
}

function put(people: Record<string, string>) {
  return database.identities.put(Object.entries(people).map(([name, employeeId]) => ({ sourceKindId: KIND, name, employeeId })));
}

const by = (id: string, employee: string | null, properties: Record<string, unknown> = {}): Event =>
  eventOf(id, { employee_id: employee, relation_properties: properties });

async function rows(): Promise<Record<string, [employee: string | null, properties: unknown]>> {
  const events = await database.db.selectFrom('events').select(['id', 'employee_id', 'relation_properties']).orderBy('id').execute();
  return Object.fromEntries(events.map(({ id, employee_id, relation_properties }) => [id, [employee_id, relation_properties]]));
}

it('gives events under hashes to those who did them, wherever people stand, and nothing else', async () => {
  const [alice, bob, mallory] = [hash('alice'), hash('bob'), hash('mallory')];
  await load([
    by('a', alice),
    by('b', mallory, { reviewers: [bob, mallory, null, alice], assignee: alice, title: alice, nested: { assignee: alice } }),
    by('c', null, { reviewers: null, assignee: mallory }),
    eventOf('other type', { type: 'bug.created', relation_properties: { assignee: alice } }),
    eventOf('other source', { source_kind_id: 'other', employee_id: alice }),
  ]);
  await put({ alice: 'E-1', bob: 'E-2' });
  expect(await database.identities.reattribute(KIND)).toEqual({ changed: 2, ambiguous: 0 });
  expect(await rows()).toEqual({
    a: ['E-1', {}],
    b: [mallory, { reviewers: ['E-2', mallory, null, 'E-1'], assignee: 'E-1', title: alice, nested: { assignee: alice } }],
    c: [null, { reviewers: null, assignee: mallory }],
    'other type': ['E1', { assignee: alice }],
    'other source': [alice, { size: 1 }],
  });
  expect(await database.identities.reattribute(KIND)).toEqual({ changed: 0, ambiguous: 0 });
});

it('follows ids from one import to the next, but not where an id stood for several people', async () => {
  await put({ alice: 'E-1', bob: 'E-2', 'bob-bot': 'E-2', carol: 'E-3', 'carol-bot': 'E-3' });
  await load([by('a', 'E-1', { assignee: 'E-3', title: 'E-1' }), by('b', 'E-2', { reviewers: ['E-2', 'E-1'] }), by('c', 'E-3')]);
  expect((await put({ alice: 'E-10' })).changed).toEqual(['alice']);
  // Bob's bot turns out to be somebody else; carol and her bot stay one.
  expect((await put({ alice: 'E-11', bob: 'E-20', carol: 'E-30', 'carol-bot': 'E-30' })).changed).toEqual(['alice', 'bob', 'carol', 'carol-bot']);
  expect(await database.identities.reattribute(KIND)).toEqual({ changed: 3, ambiguous: 1 });
  expect(await rows()).toEqual({
    a: ['E-11', { assignee: 'E-30', title: 'E-1' }],
    b: ['E-2', { reviewers: ['E-2', 'E-11'] }],
    c: ['E-30', {}],
  });
});

it('keeps to the names that it is given, and forgets those that were taken out', async () => {
  await load([by('a', hash('alice')), by('b', hash('bob')), by('c', hash('carol'))]);
  await put({ alice: 'E-1', bob: 'E-2', carol: 'E-3' });
  expect(await database.identities.reattribute(KIND, ['bob'])).toEqual({ changed: 1, ambiguous: 0 });
  await database.identities.replace(KIND, [{ name: 'alice', employeeId: 'E-1' }]);
  expect(await database.identities.reattribute(KIND)).toEqual({ changed: 1, ambiguous: 0 });
  expect(Object.values(await rows()).map(([employee]) => employee)).toEqual(['E-1', 'E-2', hash('carol')]);
  expect(await database.db.selectFrom('identity_former_ids').select('name').distinct().execute()).toEqual([{ name: 'alice' }]);
});

it('knows the hashes of names that were put in without the key', async () => {
  await load([by('a', hash('alice'))]);
  await database.db.insertInto('identities').values({ source_kind_id: KIND, name: 'alice', employee_id: 'E-1' }).execute();
  expect(await database.identities.reattribute(KIND)).toMatchObject({ changed: 1 });
});

it('goes through a table of many pages', async () => {
  const ids = Array.from({ length: 12_345 }, (_, index) => `e${index}`);
  for (let from = 0; from < ids.length; from += 4_000) await load(ids.slice(from, from + 4_000).map((id, index) => by(id, hash(index % 3 === 0 ? 'alice' : 'bob'))));
  await put({ alice: 'E-1' });
  const alices = (await database.db.selectFrom('events').select('id').where('employee_id', '=', hash('alice')).execute()).length;
  expect(await database.identities.reattribute(KIND)).toEqual({ changed: alices, ambiguous: 0 });
  expect(await database.db.selectFrom('events').select('id').where('employee_id', '=', 'E-1').execute()).toHaveLength(alices);
}, 60_000);

it('runs beside loads, and what a load still knew otherwise is right when its run has ended', async () => {
  // Another process, whose memory of a name outlives the import.
  const elsewhere = openStore(server, { schema: SCHEMA });
  try {
    const ledger = await elsewhere.openRun(runOf({ startedAt: new Date().toISOString() }), 1);
    await ledger.add([unitOf('unit')]);
    const known = async () => (await elsewhere.identities.resolve(KIND, ['alice'])).get('alice') ?? '';
    await ledger.commit([pageOf('unit', { events: [by('early', await known())], cursor: 1 })]);
    await put({ alice: 'E-1' });
    const loading = Array.from({ length: 20 }, async (_, index) =>
      ledger.commit([pageOf('unit', { events: [by('early', await known()), by(`late-${index}`, await known())], cursor: index + 2 })]),
    );
    await Promise.all([...loading, ...Array.from({ length: 5 }, () => database.identities.reattribute(KIND))]);
    await ledger.commit([pageOf('unit', { events: [by('last', await known())] })]);
    await ledger.finish('done');
  } finally {
    await elsewhere.close();
  }
  expect(new Set(Object.values(await rows()).map(([employee]) => employee))).toEqual(new Set(['E-1']));
}, 60_000);
