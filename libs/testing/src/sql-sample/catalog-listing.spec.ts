import type { CatalogScope, CatalogSession, ListedObject, ListPlace } from '@tributary/clients/sql';
import { catalogOptions, execute, readAll, urlOf, withSession } from './catalog-test-bed.js';
import { testPostgresVersions, type TestPostgres } from './postgres-servers.js';
import { installSample } from './sample.js';

describe.each(testPostgresVersions())('listing a catalog on $name', ({ start }) => {
  let server: TestPostgres;

  beforeAll(async () => {
    server = await start();
    await execute(server.url, 'CREATE DATABASE sample');
    await installSample(urlOf(server.url, { database: 'sample' }));
  }, 60_000);
  afterAll(() => server.stop());

  const inDatabase = <T>(database: string, work: (session: CatalogSession) => Promise<T>): Promise<T> =>
    withSession(catalogOptions(urlOf(server.url, { database })), work);

  async function everything(session: CatalogSession, scope: CatalogScope, limit: number): Promise<ListedObject[]> {
    const found: ListedObject[] = [];
    for (let after: ListPlace | undefined; ; after = found.at(-1)?.place) {
      const page = await session.listObjects(scope, { limit, after });
      found.push(...page);
      if (page.length < limit) return found;
    }
  }

  it('lists what reading reads, with the same names, kinds, estimates and verdicts', async () => {
    const scope = { database: 'sample', filters: { include: [{ schema: 's*' }, { object: '*e' }], exclude: [{ object: 'order*' }] } };
    const whole = { ...scope, filters: {} };
    await inDatabase('sample', async (session) => {
      const listed = await everything(session, scope, 251);
      const keyOf = ({ schema, name, kind }: { schema: string; name: string; kind: string }) => JSON.stringify([schema, name, kind]);
      const read = async (of: CatalogScope) => [
        ...(await readAll(session, 'relation', of)).map((record) => ({ ...record, kind: record.type })),
        ...(await readAll(session, 'sequence', of)).map((record) => ({ ...record, kind: 'sequence' })),
        ...(await readAll(session, 'routine', of)).map((record) => ({ ...record, kind: record.type })),
      ];
      expect(listed.map(keyOf).sort()).toEqual((await read(whole)).map(keyOf).sort());
      expect(listed.filter(({ selected }) => selected).map(keyOf).sort()).toEqual((await read(scope)).map(keyOf).sort());
      expect(await session.countObjects(scope)).toEqual({ all: listed.length, selected: listed.filter(({ selected }) => selected).length });

      const estimates = new Map((await readAll(session, 'relation', whole)).map((record) => [keyOf({ ...record, kind: record.type }), record.rowEstimate]));
      for (const each of listed) if (estimates.has(keyOf(each))) expect([keyOf(each), each.rowEstimate]).toEqual([keyOf(each), estimates.get(keyOf(each))]);

      const schemas = await session.listSchemas(scope, { limit: 10_000 });
      expect(schemas.map(({ name }) => name).sort()).toEqual((await readAll(session, 'schema', whole)).map(({ name }) => name).sort());
      expect(schemas.filter(({ selected }) => selected).map(({ name }) => name).sort()).toEqual((await readAll(session, 'schema', scope)).map(({ name }) => name).sort());
    });
  }, 60_000);

  it('goes on behind a place in later sessions, after what was there is gone', async () => {
    const scope = { database: 'sample', filters: {} };
    await execute(urlOf(server.url, { database: 'sample' }), 'CREATE SCHEMA place; CREATE TABLE place.a (); CREATE TABLE place.b (); CREATE TABLE place.c ()');
    const [, b] = await inDatabase('sample', (session) => session.listObjects(scope, { schema: 'place', limit: 2 }));
    await execute(urlOf(server.url, { database: 'sample' }), 'DROP TABLE place.b');
    const rest = await inDatabase('sample', (session) => session.listObjects(scope, { schema: 'place', limit: 10, after: b?.place }));
    expect(rest.map(({ name }) => name)).toEqual(['c']);
    await execute(urlOf(server.url, { database: 'sample' }), 'DROP SCHEMA place CASCADE');
  });

  it('does not turn in circles in a database of any bytes', async () => {
    const [found] = await execute<{ version: string }>(server.url, `SELECT current_setting('server_version_num') AS version`);
    const provider = Number(found?.version) >= 150000 ? 'LOCALE_PROVIDER libc' : '';
    await execute(server.url, `CREATE DATABASE bytes ENCODING 'SQL_ASCII' ${provider} LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`);
    await execute(
      urlOf(server.url, { database: 'bytes' }),
      `DO $do$ DECLARE ending text; BEGIN FOREACH ending IN ARRAY ARRAY['\\351', '\\352', 'z', '\\377'] LOOP
        EXECUTE format('CREATE SCHEMA %I', convert_from(('caf' || ending)::bytea, 'SQL_ASCII'));
        EXECUTE format('CREATE TABLE public.%I ()', convert_from(('t' || ending)::bytea, 'SQL_ASCII'));
      END LOOP; END $do$`,
    );
    const scope = { database: 'bytes', filters: {} };
    await inDatabase('bytes', async (session) => {
      expect((await everything(session, scope, 1)).map(({ name }) => name)).toEqual(['tz', 't\\xE9', 't\\xEA', 't\\xFF']);
      const names: string[] = [];
      for (let after: ListPlace | undefined; names.length < 20; ) {
        const [next] = await session.listSchemas(scope, { limit: 1, after });
        if (!next) break;
        names.push(next.name);
        after = next.place;
      }
      expect(names).toEqual(['cafz', 'caf\\xE9', 'caf\\xEA', 'caf\\xFF', 'public']);
    });
  });
});
