import { matchFilters, type CatalogSession } from '@tributary/clients/sql';
import { openPostgresCatalog } from '@tributary/clients/sql';
import type { FilterRule, Filters } from '@tributary/workflow-contracts/sql-metadata';
import fc from 'fast-check';
import { catalogOptions, execute, readAll, urlOf } from './catalog-test-bed.js';
import { identifier } from './identifiers.js';
import { ODD_NAMES } from './odd-names.js';
import { testPostgresVersions, type TestPostgres } from './postgres-servers.js';

const DATABASE = 'Odd %db_';
/** Many that share parts with each other, so that patterns match some and not others. */
const NAMES = [...ODD_NAMES, 'a', 'aa', 'ab', 'aXb', 'a_b', 'a%b', 'a*b', 'a\\b', '%_', '_', '\\', 'A', 'ba', 'b', 'pgx', 'information', '😀😀'];

/** A glob made of a name: some characters become wildcards, some are escaped though they need not be. */
const globOf = (name: string): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom('keep', 'keep', 'keep', 'one', 'many', 'escape', 'drop'), { minLength: [...name].length, maxLength: [...name].length })
    .map((edits) =>
      [...name]
        .map((character, at) => {
          const edit = edits[at];
          if (edit === 'one') return '?';
          if (edit === 'many') return '*';
          if (edit === 'drop') return '';
          return edit === 'escape' || /[*?\\]/.test(character) ? `\\${character}` : character;
        })
        .join(''),
    )
    .map((glob) => glob || '*');
const glob = fc.oneof(fc.constantFrom(...NAMES).chain(globOf), fc.constantFrom('*', '?', '??', '*a*', '*_*', '*%*', '*\\\\*', 'x*', 'pg_*', 'pg\\_catalog'), fc.constantFrom(...NAMES).map((name) => name.replace(/[*?\\]/g, '\\$&')));
const rule = fc.record({ database: fc.oneof(fc.constantFrom(DATABASE, '*db?', 'Odd*', 'other'), globOf(DATABASE)), schema: glob, object: glob }, { requiredKeys: [] }) as fc.Arbitrary<FilterRule>;
const filters = fc.record({ include: fc.array(rule, { maxLength: 4 }), exclude: fc.array(rule, { maxLength: 3 }) }, { requiredKeys: [] }) as fc.Arbitrary<Filters>;

describe.each(testPostgresVersions())('filters on $name', ({ start }) => {
  let server: TestPostgres;
  let session: CatalogSession;

  beforeAll(async () => {
    server = await start();
    await execute(server.url, `CREATE DATABASE ${identifier(DATABASE)}`);
    const url = urlOf(server.url, { database: DATABASE });
    const statements = NAMES.map((name, at) => {
      const schema = identifier(name);
      // Every table name comes up in some schema, and every schema has a few.
      const tables = [name, NAMES[(at + 7) % NAMES.length] ?? '', NAMES[(at + 19) % NAMES.length] ?? ''];
      return [`CREATE SCHEMA ${schema};`, ...tables.map((table) => `CREATE TABLE ${schema}.${identifier(table)} (a integer);`)].join('\n');
    });
    await execute(url, statements.join('\n'));
    session = await openPostgresCatalog(catalogOptions(url));
  }, 60_000);
  afterAll(async () => {
    await session.close();
    await server.stop();
  });

  it('give the same verdict in SQL as in the matcher, for odd names and patterns', async () => {
    const whole = { database: DATABASE, filters: {} };
    const relations = await readAll(session, 'relation', whole);
    const schemas = await readAll(session, 'schema', whole);
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(filters, async (tried) => {
        const scope = { database: DATABASE, filters: tried };
        const inSql = (await readAll(session, 'relation', scope)).map(({ oid }) => oid);
        const inMatcher = relations.filter(({ schema, name }) => matchFilters(tried, { database: DATABASE, schema, object: name }).included);
        expect(inSql).toEqual(inMatcher.map(({ oid }) => oid));
        expect(await session.count('relation', scope)).toBe(inMatcher.length);
        const schemasInSql = (await readAll(session, 'schema', scope)).map(({ oid }) => oid);
        const schemasInMatcher = schemas.filter(({ name }) => matchFilters(tried, { database: DATABASE, schema: name }).included);
        expect(schemasInSql).toEqual(schemasInMatcher.map(({ oid }) => oid));
        if (inMatcher.length > 0 && inMatcher.length < relations.length) kept++;
      }),
      { numRuns: 300 },
    );
    // Patterns that match all or nothing would prove little.
    expect(kept).toBeGreaterThan(60);
  }, 120_000);

  it('never let schemas of the server through', async () => {
    const named = { include: [{ schema: 'pg_catalog' }, { schema: 'information_schema' }, { schema: 'pg*' }] };
    expect((await readAll(session, 'schema', { database: DATABASE, filters: named })).map(({ name }) => name)).toEqual(['pgx']);
  });
});
