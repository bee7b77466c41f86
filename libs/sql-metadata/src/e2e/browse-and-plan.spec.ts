import { execute } from '@tributary/testing/sql-sample';
import { BROWSE_SQL_SOURCE, CATALOG_KINDS, PLAN_SQL_EXTRACTION } from '@tributary/workflow-contracts/sql-metadata';
import type {
  BrowseSqlSourceInput,
  BrowseSqlSourceResult,
  Filters,
  PlannedObject,
  SourceItem,
  SqlExtractionPlan,
  SqlSource,
} from '@tributary/workflow-contracts/sql-metadata';
import { BrowseSqlSourceResultSchema, SqlExtractionPlanSchema } from '@tributary/workflow-contracts/schemas';
import Ajv from 'ajv';
import { gunzipSync } from 'node:zlib';
import { ExtractionTestBed } from './extraction-test-bed.js';

const ajv = new Ajv({ strict: false });
const acceptsPage = ajv.compile(BrowseSqlSourceResultSchema);
const acceptsPlan = ajv.compile(SqlExtractionPlanSchema);
const RESULT_MAX = 200 * 1024;
const READER = 'sample_reader';

/** Filters of every shape, over the names that the sample has. */
const FILTERS: readonly Filters[] = [
  {},
  { include: [{ schema: 'sales' }] },
  { include: [{ schema: 's*' }, { schema: 'hr', object: '*e*' }], exclude: [{ object: '*_2*' }] },
  { exclude: [{ schema: 'sales', object: 'order*' }, { schema: '*%*' }] },
  { include: [{ database: 'post*', schema: '?r' }, { database: 'elsewhere' }] },
  { exclude: [{ database: 'archive' }, { object: '*' }] },
];

describe('browsing and planning', () => {
  let bed: ExtractionTestBed;

  beforeAll(async () => {
    bed = await ExtractionTestBed.start();
  }, 90_000);
  afterAll(() => bed.stop());

  async function browse(more: Partial<BrowseSqlSourceInput> = {}): Promise<BrowseSqlSourceResult> {
    const page = await bed.run<BrowseSqlSourceResult>(BROWSE_SQL_SOURCE, { source: bed.input().source, ...more });
    expect([acceptsPage(page), acceptsPage.errors]).toEqual([true, null]);
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(RESULT_MAX);
    return page;
  }

  /** Every page of a level, with the number of pages. */
  async function browseAll(more: Partial<BrowseSqlSourceInput>): Promise<{ items: SourceItem[]; pages: number }> {
    const items: SourceItem[] = [];
    for (let after: string | undefined, pages = 1; ; pages++) {
      const page = await browse({ ...more, ...(after !== undefined && { after }) });
      items.push(...page.items);
      after = page.next;
      if (after === undefined) return { items, pages };
    }
  }

  /** A whole plan, its pages put together. */
  async function plan(filters: Filters, source: SqlSource = bed.input().source, limit = 1_000): Promise<SqlExtractionPlan> {
    const objects: PlannedObject[] = [];
    for (let after: string | undefined; ; ) {
      const page: SqlExtractionPlan = await bed.run(PLAN_SQL_EXTRACTION, { source, filters, limit, ...(after !== undefined && { after }) });
      expect([acceptsPlan(page), acceptsPlan.errors]).toEqual([true, null]);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(RESULT_MAX);
      objects.push(...page.objects);
      after = page.next;
      if (after === undefined) return { ...page, objects };
    }
  }

  /** Names of what an extraction has, as a plan names them. */
  async function extracted(filters: Filters, source: SqlSource): Promise<string[]> {
    const manifest = await bed.extract(bed.input({ source, filters, options: { rawRecords: true, quarantineThreshold: 1 } }));
    const names: string[] = [];
    for (const { uri, content, kind, database } of manifest.shards) {
      if (content !== 'raw' || !['relation', 'sequence', 'routine'].includes(kind)) continue;
      for (const line of gunzipSync(await bed.read(uri)).toString().split('\n').filter(Boolean)) {
        const record = JSON.parse(line) as { schema: string; name: string; type: string; signature?: string };
        names.push(nameOf({ database, ...record, kind: kind === 'sequence' ? 'sequence' : record.type }));
      }
    }
    return names.sort();
  }

  function nameOf({ database, schema, name, kind, signature }: { database: string; schema: string; name: string; kind: string; signature?: string }): string {
    return JSON.stringify([database, schema, name, kind, signature ?? '']);
  }

  describe('an extraction', () => {
    it.each(FILTERS.map((filters) => [filters] as const))('has what plan and browse say, object by object and number by number: %j', async (filters) => {
      const source = { ...bed.input().source, allDatabases: true };
      const planned = await plan(filters, source, 173);
      const selected = planned.objects.filter(({ verdict }) => verdict.selected && verdict.readable);
      expect(selected.map(nameOf).sort()).toEqual(await extracted(filters, source));
      expect(planned.totals.selected).toBe(selected.length);
      expect(planned.totals.excluded).toBe(planned.objects.length - selected.length);

      const manifest = await bed.extract(bed.input({ source, filters, options: { quarantineThreshold: 1 } }));
      for (const { name, counts, verdict } of planned.databases) {
        const read = manifest.counts.filter(({ database }) => database === name);
        expect(counts !== undefined).toBe(verdict.selected && verdict.readable);
        expect(read.length > 0).toBe(counts !== undefined);
        for (const { kind, source: records } of read) expect([kind, counts?.[kind]]).toEqual([kind, records]);
      }
      expect(manifest.source.databases).toEqual(planned.databases.filter(({ counts }) => counts).map(({ name }) => name));

      // Browsing says the same of each, with the same reason.
      const browsed: PlannedObject[] = [];
      const schemas = (await browseAll({ filters, source, database: 'postgres' })).items.slice(0, 12).map(({ name }) => name);
      for (const schema of schemas) {
        const { items } = await browseAll({ filters, source, database: 'postgres', schema });
        browsed.push(...items.map(({ name, kind, signature, verdict }) => ({
          database: 'postgres', schema, name, kind: kind as PlannedObject['kind'], ...(signature !== undefined && { signature }), verdict,
        })));
      }
      expect(browsed).toEqual(planned.objects.filter(({ database, schema }) => database === 'postgres' && schemas.includes(schema)));
    }, 120_000);
  });

  it('explains every verdict with the rule that decided', async () => {
    const filters: Filters = { include: [{ schema: 'hr' }, { schema: 'sales' }], exclude: [{ schema: 'x' }, { schema: 'sales', object: 'order*' }] };
    const { objects } = await plan(filters);
    const verdictOf = (wanted: string) => objects.find(({ schema, name }) => `${schema}.${name}` === wanted)?.verdict;
    expect(verdictOf('hr.department')).toEqual({ selected: true, readable: true, reason: 'include rule {"schema":"hr"} matches', rule: { list: 'include', index: 0 } });
    const excluded = objects.filter(({ verdict }) => verdict.rule?.list === 'exclude');
    expect(excluded.length).toBeGreaterThan(0);
    expect(excluded.every(({ schema, name, verdict }) => schema === 'sales' && name.startsWith('order') && verdict.rule?.index === 1)).toBe(true);
    expect(objects.find(({ schema }) => schema === 'analytics')?.verdict).toEqual({ selected: false, readable: true, reason: 'no include rule matches' });
  });

  it('lists databases, schemas and objects with what is known of them', async () => {
    const databases = await browse({ source: bed.sourceOf(READER, { allDatabases: true }) });
    expect(databases).toMatchObject({ level: 'databases' });
    expect(databases.items).toEqual([
      {
        name: 'archive',
        kind: 'database',
        verdict: {
          selected: true,
          readable: false,
          reason: expect.stringContaining('has no CONNECT privilege') as string,
          fix: 'GRANT CONNECT ON DATABASE "archive" TO "sample_reader"',
        },
      },
      { name: 'postgres', kind: 'database', verdict: expect.objectContaining({ selected: true, readable: true }) as unknown },
    ]);
    const schemas = await browseAll({ database: 'postgres' });
    expect(schemas.items.map(({ name }) => name)).toEqual(expect.arrayContaining(['hr', 'sales', 'analytics']));
    expect(schemas.items.some(({ name }) => name.startsWith('pg_') || name === 'information_schema')).toBe(false);
    const objects = await browseAll({ database: 'postgres', schema: 'sales' });
    expect(new Set(objects.items.map(({ kind }) => kind)).size).toBeGreaterThan(4);
    expect(objects.items.some(({ rowsEstimate }) => rowsEstimate !== undefined)).toBe(true);
    expect(objects.items.some(({ comment }) => comment !== undefined)).toBe(true);
    expect(objects.items.filter(({ kind }) => kind === 'function').every(({ signature }) => signature !== undefined)).toBe(true);
  });

  it('pages through every level without losing or repeating anything, odd names included', async () => {
    const whole = await browseAll({ database: 'postgres', limit: 1_000 });
    const paged = await browseAll({ database: 'postgres', limit: 7 });
    expect(paged.pages).toBe(Math.ceil(whole.items.length / 7));
    expect(paged.items).toEqual(whole.items);
    expect(new Set(paged.items.map(({ name }) => name)).size).toBe(paged.items.length);
    const objects = await browseAll({ database: 'postgres', schema: 'sales', limit: 1_000 });
    expect((await browseAll({ database: 'postgres', schema: 'sales', limit: 3 })).items).toEqual(objects.items);
    expect((await browseAll({ source: { ...bed.input().source, allDatabases: true }, limit: 1 })).items.map(({ name }) => name)).toEqual(['archive', 'postgres']);
    expect((await plan({}, undefined, 97)).objects).toEqual((await plan({})).objects);
  }, 60_000);

  it('searches names in either case, at every level', async () => {
    expect((await browse({ search: 'POST' })).items.map(({ name }) => name)).toEqual(['postgres']);
    expect((await browse({ database: 'postgres', search: 'ALES' })).items.map(({ name }) => name)).toContain('sales');
    const found = (await browse({ database: 'postgres', schema: 'sales', search: 'Order' })).items;
    expect(found.length).toBeGreaterThan(1);
    expect(found.every(({ name }) => name.toLowerCase().includes('order'))).toBe(true);
    // No pattern: what is special elsewhere is a character here.
    expect((await browse({ database: 'postgres', schema: 'sales', search: '%' })).items).toEqual([]);
  });

  it('keeps a page of long comments below the limit of a payload, and loses nothing by it', async () => {
    await execute(bed.postgres.url, `CREATE SCHEMA talkative; DO $do$ BEGIN FOR n IN 1..600 LOOP
      EXECUTE format('CREATE TABLE talkative.%I (a int); COMMENT ON TABLE talkative.%I IS %L', 't' || n, 't' || n, repeat('ü', 900)); END LOOP; END $do$`);
    const { items, pages } = await browseAll({ database: 'postgres', schema: 'talkative', limit: 1_000 });
    expect(pages).toBeGreaterThan(1);
    expect(items).toHaveLength(600);
    expect(items[0]?.comment).toBe(`${'ü'.repeat(499)}…`);
    await execute(bed.postgres.url, 'DROP SCHEMA talkative CASCADE');
  }, 60_000);

  it('tells of a schema without USAGE what is missing, and that its objects are extracted all the same', async () => {
    await execute(bed.postgres.url, 'CREATE SCHEMA closed; CREATE TABLE closed.box (a int)');
    const source = bed.sourceOf(READER);
    const [schema] = (await browse({ source, database: 'postgres', search: 'closed' })).items;
    const fix = `GRANT USAGE ON SCHEMA "closed" TO "${READER}"`;
    expect(schema).toMatchObject({ name: 'closed', verdict: { selected: true, readable: true, fix } });
    const [box] = (await browse({ source, database: 'postgres', schema: 'closed' })).items;
    expect(box).toMatchObject({ name: 'box', verdict: { selected: true, readable: true, fix } });
    expect(await extracted({ include: [{ schema: 'closed' }] }, source)).toHaveLength(1);
    await execute(bed.postgres.url, 'DROP SCHEMA closed CASCADE');
  }, 60_000);

  it('plans a server on which the role may not read everything, and counts what it may not', async () => {
    const planned = await plan({}, bed.sourceOf(READER, { allDatabases: true }));
    expect(planned.totals.unreadable).toBe(1);
    const [archive] = planned.databases.filter(({ name }) => name === 'archive');
    expect(archive).toMatchObject({ verdict: { selected: true, readable: false, fix: 'GRANT CONNECT ON DATABASE "archive" TO "sample_reader"' } });
    expect(archive).not.toHaveProperty('counts');
    for (const kind of CATALOG_KINDS) expect(planned.databases.find(({ name }) => name === 'postgres')?.counts?.[kind]).toBeGreaterThan(0);
    expect((await plan({}, bed.sourceOf(READER))).databases.find(({ name }) => name === 'archive')?.verdict).toMatchObject({ selected: false, readable: false });
  });

  it.each<[string, string, (source: SqlSource) => object, string]>([
    ['a wrong password', BROWSE_SQL_SOURCE, (source) => ({ source: { ...source, user: READER } }), 'SQL_SIGN_IN_FAILED'],
    ['an unknown database', BROWSE_SQL_SOURCE, (source) => ({ source, database: 'nowhere' }), 'SQL_DATABASE_UNKNOWN'],
    ['a schema without its database', BROWSE_SQL_SOURCE, (source) => ({ source, schema: 'sales' }), 'SQL_INPUT_INVALID'],
    ['a cursor that is none', BROWSE_SQL_SOURCE, (source) => ({ source, after: 'nonsense' }), 'SQL_PAGE_CURSOR_INVALID'],
    ['the cursor of another level', BROWSE_SQL_SOURCE, (source) => ({ source, database: 'postgres', after: cursor(['a', 'b']) }), 'SQL_CURSOR_INVALID'],
    ['a place that is no name', BROWSE_SQL_SOURCE, (source) => ({ source, database: 'postgres', after: cursor(["00'"]) }), 'SQL_CURSOR_INVALID'],
    ['bytes that are no text', BROWSE_SQL_SOURCE, (source) => ({ source, database: 'postgres', after: cursor(['ff']) }), 'SQL_TEXT_UNCONVERTIBLE'],
    ['a plan with a cursor that is none', PLAN_SQL_EXTRACTION, (source) => ({ source, after: cursor([1]) }), 'SQL_PAGE_CURSOR_INVALID'],
    ['a plan with a wrong password', PLAN_SQL_EXTRACTION, (source) => ({ source: { ...source, user: READER } }), 'SQL_SIGN_IN_FAILED'],
    ['a plan with a credential', PLAN_SQL_EXTRACTION, (source) => ({ source: { ...source, password: 'hunter2' } }), 'SQL_INPUT_HOLDS_CREDENTIAL'],
  ])('fails at once for %s', async (_, workflow, input, code) => {
    const begun = Date.now();
    await expect(bed.run(workflow, input(bed.input().source))).rejects.toMatchObject({ cause: { cause: { type: code, nonRetryable: true } } });
    expect(Date.now() - begun).toBeLessThan(3_000);
  });

  function cursor(place: unknown): string {
    return Buffer.from(JSON.stringify(place)).toString('base64url');
  }
});
