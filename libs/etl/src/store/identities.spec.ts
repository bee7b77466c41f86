import { createHmac } from 'node:crypto';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { IDENTITY_KEY, openFreshStore, openStore } from '../e2e/store-test-bed.js';
import type { OpenEventDatabase } from './event-database.js';

let server: PostgresServer;
let database: OpenEventDatabase;

beforeAll(async () => {
  server = await startPostgres();
  database = await openFreshStore(server, { schema: 'people' });
}, 60_000);

afterAll(async () => {
  await database.close();
  await server.stop();
});

it('gives the id in the table, otherwise a keyed hash that is the same every time', async () => {
  await database.identities.put([{ sourceKindId: 'launchpad', name: 'alice', employeeId: 'E1' }]);
  const ids = await database.identities.resolve('launchpad', ['alice', 'mallory', 'alice']);
  const digest = createHmac('sha256', IDENTITY_KEY.reveal()).update('launchpad:mallory').digest('base64url').slice(0, 22);
  expect([...ids]).toEqual([['alice', 'E1'], ['mallory', `h-${digest}`]]);
  expect((await database.identities.resolve('other', ['alice'])).get('alice')).toMatch(/^h-[\w-]{22}$/);
  const elsewhere = openStore(server, { schema: 'people', identityKey: new Secret('another key') });
  expect((await elsewhere.identities.resolve('launchpad', ['mallory'])).get('mallory')).not.toBe(`h-${digest}`);
  await elsewhere.close();
});

it('sees at once what was put in by the same process, although it remembers what it looked up', async () => {
  const before = await database.identities.resolve('launchpad', ['bob']);
  expect(before.get('bob')).toMatch(/^h-/);
  await database.db.insertInto('identities').values({ source_kind_id: 'launchpad', name: 'bob', employee_id: 'elsewhere' }).execute();
  expect(await database.identities.resolve('launchpad', ['bob'])).toEqual(before);
  await database.identities.put([{ sourceKindId: 'launchpad', name: 'carol', employeeId: 'E3' }]);
  expect((await database.identities.resolve('launchpad', ['bob'])).get('bob')).toBe('elsewhere');
});

it('counts what it puts in and takes out', async () => {
  const rows = (...names: string[]) => names.map((name) => ({ sourceKindId: 'x', name, employeeId: `E-${name}` }));
  expect(await database.identities.put([...rows('a', 'b'), { sourceKindId: 'x', name: 'a', employeeId: 'E9' }])).toEqual({ inserted: 2, updated: 0, unchanged: 0, changed: ['a', 'b'] });
  expect(await database.identities.put(rows('a', 'b', 'c'))).toEqual({ inserted: 1, updated: 1, unchanged: 1, changed: ['a', 'c'] });
  expect(await database.identities.replace('x', rows('b', 'd'))).toEqual({ inserted: 1, updated: 0, unchanged: 1, changed: ['d'], deleted: 2 });
  expect(await database.identities.replace('x', [])).toEqual({ inserted: 0, updated: 0, unchanged: 0, changed: [], deleted: 2 });
  expect((await database.identities.resolve('launchpad', ['alice'])).get('alice')).toBe('E1');
});

it('needs a key only for names that are not in the table', async () => {
  const keyless = await openFreshStore(server, { schema: 'people', identityKey: undefined } as never);
  expect((await keyless.identities.resolve('launchpad', ['alice'])).get('alice')).toBe('E1');
  const missing = keyless.identities.resolve('launchpad', ['alice', 'secret-name']);
  await expect(missing).rejects.toMatchObject({ code: 'ETL_IDENTITY_KEY_MISSING', message: expect.not.stringContaining('secret-name') as string });
  await keyless.close();
});
