import { cursorOf, type CatalogSession } from '@tributary/clients/sql';
import { CATALOG_KINDS, type CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import { catalogOptions, execute, readAll, urlOf, withSession } from './catalog-test-bed.js';
import { generateCatalog } from './generate-catalog.js';
import { ODD_NAMES } from './odd-names.js';
import { testPostgresVersions, type TestPostgres } from './postgres-servers.js';
import { SAMPLE_READER, installSample } from './sample.js';

const NOT_SYSTEM = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

/** What the counts must be, by queries that share nothing with the client's. */
const PLAIN_COUNTS: Readonly<Record<CatalogKind, string>> = {
  database: `SELECT 1`,
  schema: `SELECT 1 FROM pg_namespace n WHERE ${NOT_SYSTEM}`,
  relation: `SELECT 1 FROM pg_class c, pg_namespace n WHERE n.oid = c.relnamespace AND ${NOT_SYSTEM} AND c.relkind = ANY ('{r,p,f,v,m}')`,
  column: `SELECT 1 FROM pg_class c, pg_namespace n, pg_attribute a WHERE n.oid = c.relnamespace AND ${NOT_SYSTEM}
    AND c.relkind = ANY ('{r,p,f,v,m}') AND a.attrelid = c.oid AND a.attnum >= 1 AND a.attisdropped IS FALSE`,
  constraint: `SELECT 1 FROM pg_constraint k, pg_namespace n WHERE n.oid = k.connamespace AND ${NOT_SYSTEM} AND k.conrelid <> 0 AND k.contype NOT IN ('n', 't')`,
  index: `SELECT 1 FROM pg_indexes i WHERE i.schemaname NOT LIKE 'pg\\_%'`,
  sequence: `SELECT 1 FROM information_schema.sequences UNION ALL SELECT 1 FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' WHERE d.deptype = 'i' AND d.refobjsubid > 0`,
  routine: `SELECT 1 FROM pg_proc p, pg_namespace n WHERE n.oid = p.pronamespace AND ${NOT_SYSTEM}`,
};

// So few that every fetch has as many.
const FETCH = 50;

describe.each(testPostgresVersions())('catalog of $name', ({ start }) => {
  let server: TestPostgres;
  let url: string;
  const scope = { database: 'sample', filters: {} };
  const onSample = <T>(work: (session: CatalogSession) => Promise<T>): Promise<T> => withSession(catalogOptions(url), work);

  beforeAll(async () => {
    server = await start();
    await execute(server.url, 'CREATE DATABASE sample');
    url = urlOf(server.url, { database: 'sample' });
    await installSample(url, { readerPassword: 'reader' });
  }, 60_000);
  afterAll(() => server.stop());

  it.each(CATALOG_KINDS)('has as many records of kind %s as a plain query counts', async (kind) => {
    const [plain] = await execute<{ n: number }>(url, `SELECT count(*)::int AS n FROM (${PLAIN_COUNTS[kind]}) AS found`);
    await onSample(async (session) => {
      const records = await readAll(session, kind, scope);
      expect(await session.count(kind, scope)).toBe(plain?.n);
      expect(records).toHaveLength(plain?.n ?? -1);
    });
  });

  it('tells every odd name and comment as it is', async () => {
    const comments = await execute<{ relname: string; comment: string }>(
      url,
      `SELECT relname, obj_description(oid, 'pg_class') AS comment FROM pg_class WHERE relnamespace = 'odd'::regnamespace AND relkind = 'r'`,
    );
    await onSample(async (session) => {
      const namesOf = async (kind: CatalogKind, keep: (record: { schema?: string; name: string }) => boolean): Promise<string[]> =>
        ((await readAll(session, kind, scope)) as { schema?: string; name: string }[]).filter(keep).map(({ name }) => name).sort();
      const odd = [...ODD_NAMES].sort();
      expect(await namesOf('relation', ({ schema }) => schema === 'odd')).toEqual(odd);
      expect(await namesOf('column', ({ schema, name }) => schema === 'odd' && name !== 'id')).toEqual(odd);
      expect(await namesOf('constraint', ({ schema }) => schema === 'odd')).toEqual(odd);
      expect(await namesOf('routine', ({ schema }) => schema === 'odd')).toEqual(odd);
      expect(await namesOf('index', ({ schema }) => schema === 'odd_indexes')).toEqual(odd);
      expect(await namesOf('schema', () => true)).toEqual(expect.arrayContaining(odd));
      expect(await namesOf('sequence', ({ schema }) => !/^(sales|hr)$/.test(schema ?? ''))).toEqual(odd);
      const relations = (await readAll(session, 'relation', scope)).filter(({ schema }) => schema === 'odd');
      const expected = new Map(comments.map(({ relname, comment }) => [relname, comment]));
      expect(new Map(relations.map(({ name, comment }) => [name, comment]))).toEqual(expected);
    });
  });

  it('describes partitions, foreign tables, views and empty things', async () => {
    const relations = new Map((await onSample((session) => readAll(session, 'relation', scope))).map((record) => [`${record.schema}.${record.name}`, record]));
    expect(relations.get('sales.orders')).toMatchObject({ type: 'partitioned-table', isPartition: false, partitionStrategy: 'list', partitionKey: 'LIST (region)', partitionKeySize: 1, partitionCount: 3 });
    expect(relations.get('sales.orders_europe')).toMatchObject({
      isPartition: true,
      partitionBound: "FOR VALUES IN ('europe')",
      partitionOf: { schema: 'sales', name: 'orders', type: 'partitioned-table', isPartition: false },
      partitionStrategy: 'range',
      partitionCount: 2,
    });
    expect(relations.get('sales.orders_europe_2026')).toMatchObject({ partitionOf: { name: 'orders_europe', isPartition: true } });
    expect(relations.get('sales.orders_other')).toMatchObject({ partitionBound: 'DEFAULT' });
    expect(relations.get('remote.ledger')).toMatchObject({
      type: 'foreign-table',
      foreignServer: 'sample_server',
      foreignDataWrapper: 'sample_wrapper',
      foreignOptions: ['remote_table=ledger', 'access_token=***'],
      byteEstimate: null,
    });
    expect(relations.get('remote.event_remote')).toMatchObject({ type: 'foreign-table', isPartition: true });
    expect(relations.get('sales.open_order')).toMatchObject({ type: 'view', options: ['security_barrier=true'], rowEstimate: null });
    expect(relations.get('sales.open_order')?.definition).toContain('JOIN sales.customer c ON');
    expect(relations.get('sales.revenue_draft')).toMatchObject({ type: 'materialized-view', isPopulated: false });
    expect(relations.get('sales.customer')).toMatchObject({ columnCount: 10, rowEstimate: 500, totalBytes: null, comment: 'People and companies that have ordered at least once' });
    expect(relations.get('sales.customer')?.byteEstimate).toBeGreaterThan(0);
    expect(relations.get('sales.cart')).toMatchObject({ persistence: 'unlogged', options: ['fillfactor=70'] });
    expect(relations.get('hr.employee')).toMatchObject({ inherits: ['hr.person'], rowSecurity: true, rowSecurityForced: true });
    expect(relations.get('hr.skills')).toMatchObject({ ofType: 'hr.skill' });
    expect(relations.get('hr.nothing')).toMatchObject({ columnCount: 0 });
    expect(relations.get('hr.emptied')).toMatchObject({ columnCount: 0 });
  });

  it('describes columns, renumbered where others were dropped', async () => {
    const columns = (await onSample((session) => readAll(session, 'column', scope))).filter(({ schema }) => schema === 'sales' || schema === 'remote');
    const of = (relation: string) => columns.filter((column) => column.relation === relation);
    expect(of('customer').map(({ name, position }) => [position, name])).toEqual([
      [1, 'id'], [2, 'email'], [3, 'full_name'], [4, 'address'], [5, 'tags'], [6, 'referred_by'], [7, 'created_at'], [8, 'initials'], [9, 'credit'], [10, 'newsletter'],
    ]);
    const customer = new Map(of('customer').map((column) => [column.name, column]));
    expect(customer.get('id')).toMatchObject({ identity: 'always', isPrimaryKey: true, nullable: false, precision: 64, scale: 0 });
    expect(customer.get('email')).toMatchObject({ type: 'sales.email', baseType: 'character varying(254)', length: 254, isUnique: true, comment: 'Where confirmations go' });
    expect(customer.get('full_name')).toMatchObject({ collation: 'C' });
    expect(customer.get('referred_by')).toMatchObject({ isForeignKey: true, nullable: true });
    expect(customer.get('created_at')).toMatchObject({ type: 'timestamp(3) with time zone', typeName: 'timestamp with time zone', precision: 3, defaultValue: 'now()' });
    expect(customer.get('initials')).toMatchObject({ generated: 'stored', defaultValue: null, generationExpression: '"left"(full_name, 1)' });
    expect(customer.get('credit')).toMatchObject({ nullable: false, precision: 12, scale: 2 });
    const product = new Map(of('product').map((column) => [column.name, column]));
    expect(product.get('sku')).toMatchObject({ type: 'character(12)', typeName: 'character', length: 12 });
    expect(product.get('masks')).toMatchObject({ length: 16 });
    expect(product.get('opens')).toMatchObject({ precision: 0, typeName: 'time without time zone' });
    expect(product.get('lifetime')).toMatchObject({ precision: 2, typeName: 'interval day to second' });
    const orders = new Map(of('orders').map((column) => [column.name, column]));
    expect(orders.get('state')).toMatchObject({ enumLabels: ['draft', 'placed', 'in transit', 'delivered', 'sent back'], defaultValue: "'draft'::sales.order_state" });
    expect(orders.get('region')).toMatchObject({ isPartitionKey: true });
    expect(of('open_order').find(({ name }) => name === 'email')).toMatchObject({ relationType: 'view', comment: 'Of the customer' });
  });

  it('describes constraints, indexes, sequences and routines', async () => {
    await onSample(async (session) => {
      const constraints = new Map((await readAll(session, 'constraint', scope)).map((record) => [`${record.relation}.${record.name}`, record]));
      expect(constraints.get('order_line.of_order')).toMatchObject({
        type: 'foreign-key',
        columns: ['ordered_at', 'region', 'order_id'],
        target: { schema: 'sales', name: 'orders', type: 'partitioned-table', isPartition: false },
        targetColumns: ['ordered_at', 'region', 'id'],
        match: 'full',
        onDelete: 'cascade',
        onUpdate: 'no action',
      });
      expect(constraints.get('orders.orders_customer_id_fkey')).toMatchObject({ deferrable: true, initiallyDeferred: true, onDelete: 'restrict', onUpdate: 'cascade' });
      expect(constraints.get('employee.same_department')).toMatchObject({ columns: ['manager_id', 'department_id'], targetColumns: ['id', 'department_id'] });
      expect(constraints.get('product.fair_price')).toMatchObject({ type: 'check', validated: false, comment: 'Typing errors cost money' });
      expect(constraints.get('reservation.no_overlap')).toMatchObject({ type: 'exclusion', columns: ['during'] });
      const indexes = new Map((await readAll(session, 'index', scope)).map((record) => [record.name, record]));
      expect(indexes.get('customer_by_name')).toMatchObject({
        columns: [null, 'created_at'],
        includes: ['email'],
        expressions: 'lower(full_name)',
        predicate: 'newsletter',
        unique: false,
        comment: 'For the search box',
      });
      expect(indexes.get('product_attributes')).toMatchObject({ method: 'gin' });
      const sequences = new Map((await readAll(session, 'sequence', scope)).map((record) => [record.name, record]));
      expect(sequences.get('invoice_number')).toMatchObject({ start: '1000', increment: '10', maximum: '9223372036854775807', cache: '5', cycle: true, ownedBy: null });
      expect(sequences.get('customer_id_seq')).toMatchObject({ ownedBy: { relation: { schema: 'sales', name: 'customer' }, column: 'id', identity: true } });
      expect(sequences.get('reservation_id_seq')).toMatchObject({ type: 'integer', ownedBy: { column: 'id', identity: false } });
      const routines = (await readAll(session, 'routine', scope)).filter(({ schema }) => schema === 'sales');
      expect(routines.filter(({ name }) => name === 'discount').map(({ signature }) => signature).sort()).toEqual(['numeric, integer', 'numeric, text', 'sales.order_state']);
      expect(routines.find(({ name }) => name === 'deliver')).toMatchObject({ type: 'procedure', resultType: null });
      expect(routines.find(({ name }) => name === 'product_of')).toMatchObject({ type: 'aggregate', body: null });
      expect(routines.find(({ name }) => name === 'orders_of')).toMatchObject({ returnsSet: true, resultType: 'TABLE(id bigint, state sales.order_state)' });
    });
  });

  it('reads exact sizes when they are asked for', async () => {
    const relations = await onSample((session) => readAll(session, 'relation', { ...scope, relationSizes: true }));
    const [plain] = await execute<{ bytes: string }>(url, `SELECT pg_total_relation_size('sales.customer') AS bytes`);
    expect(relations.find(({ schema, name }) => schema === 'sales' && name === 'customer')?.totalBytes).toBe(Number(plain?.bytes));
  });

  it.each(CATALOG_KINDS)('resumes a read of kind %s behind any record with the same rest', async (kind) => {
    await onSample(async (session) => {
      const whole = await readAll(session, kind, scope, { batchSize: 7 });
      for (const part of [0, 0.01, 0.33, 0.5, 0.9, 1]) {
        const at = Math.min(Math.floor(part * whole.length), whole.length - 1);
        const cursor = JSON.parse(JSON.stringify(cursorOf(kind, whole[at]!))) as (string | number)[];
        expect(await session.countUpTo(kind, scope, cursor)).toBe(at + 1);
        expect(await readAll(session, kind, scope, { after: cursor })).toEqual(whole.slice(at + 1));
      }
    });
  });

  it('refuses a cursor of another kind', async () => {
    await onSample((session) => expect(session.countUpTo('column', scope, [1])).rejects.toMatchObject({ code: 'SQL_CURSOR_INVALID' }));
  });

  it('shows a role with nothing but CONNECT the same records, and reports what it cannot do', async () => {
    const reader = urlOf(url, { user: SAMPLE_READER, password: 'reader' });
    const sized = { ...scope, relationSizes: true };
    const read = async (session: CatalogSession): Promise<unknown[]> => {
      const records: unknown[] = [];
      for (const kind of CATALOG_KINDS) records.push(...(await readAll(session, kind, sized)));
      return records;
    };
    await withSession(catalogOptions(reader), async (session) => {
      expect(await read(session)).toEqual(await onSample(read));
      expect((await session.databases({})).filter(({ connectable }) => !connectable)).toEqual([
        { name: 'archive', connectable: false, reason: 'role "sample_reader" has no CONNECT privilege on it', fix: 'GRANT CONNECT ON DATABASE "archive" TO "sample_reader"' },
      ]);
      const [report, ...others] = await session.reports({ database: 'sample', filters: { include: [{ schema: 'sales' }, { schema: 'hr' }] } });
      expect(others).toEqual([]);
      expect(report).toMatchObject({ verdict: 'partial', count: 2, fix: 'GRANT USAGE ON SCHEMA "hr", "sales" TO "sample_reader"' });
    });
    await onSample(async (session) => expect(await session.reports(scope)).toEqual([]));
  });

  it('reports what was revoked of the catalog, and fails with the GRANT instead of leaving it out', async () => {
    await execute(url, `REVOKE SELECT ON pg_catalog.pg_sequence FROM PUBLIC; REVOKE EXECUTE ON FUNCTION pg_catalog.pg_get_viewdef(oid) FROM PUBLIC`);
    const reader = catalogOptions(urlOf(url, { user: SAMPLE_READER, password: 'reader' }));
    try {
      await withSession(reader, async (session) => {
        const fixes = (await session.reports(scope)).filter(({ verdict }) => verdict === 'unreadable').map(({ fix }) => fix);
        expect(fixes).toEqual(['GRANT SELECT ON pg_catalog.pg_sequence TO "sample_reader"', 'GRANT EXECUTE ON FUNCTION pg_catalog.pg_get_viewdef(oid) TO "sample_reader"']);
        await expect(session.count('sequence', scope)).rejects.toMatchObject({ code: 'SQL_PERMISSION_DENIED', fix: `Have an owner run: ${fixes[0]}` });
      });
      await withSession(reader, (session) =>
        expect(readAll(session, 'relation', scope)).rejects.toMatchObject({ code: 'SQL_PERMISSION_DENIED', fix: expect.stringContaining('pg_get_viewdef(oid)') as string }),
      );
    } finally {
      await execute(url, `GRANT SELECT ON pg_catalog.pg_sequence TO PUBLIC; GRANT EXECUTE ON FUNCTION pg_catalog.pg_get_viewdef(oid) TO PUBLIC`);
    }
  });

  it('sends as many statements for 2,000 tables as for 50, but for the fetches', async () => {
    const sizes = [
      { database: 'fifty', tables: 50, columns: 1_000 },
      { database: 'thousands', tables: 2_000, columns: 40_000 },
    ];
    for (const { database, ...size } of sizes) {
      await execute(server.url, `CREATE DATABASE ${database}`);
      await generateCatalog(urlOf(server.url, { database }), size);
    }
    const beyondFetches = await Promise.all(
      sizes.map(({ database, columns }) =>
        withSession(catalogOptions(urlOf(server.url, { database })), async (session) => {
          let fetches = 0;
          for (const kind of CATALOG_KINDS) {
            const expected = await session.count(kind, { database, filters: {} });
            const records = await readAll(session, kind, { database, filters: {} }, { batchSize: FETCH });
            expect(records).toHaveLength(expected);
            fetches += Math.floor(expected / FETCH) + 1;
            if (kind === 'column') expect(expected).toBeGreaterThanOrEqual(columns);
          }
          return session.statements - fetches;
        }),
      ),
    );
    // BEGIN and settings; per kind a count, and the cursor's DECLARE; and between two kinds its CLOSE.
    const statements = 2 + 2 * CATALOG_KINDS.length + (CATALOG_KINDS.length - 1);
    expect(beyondFetches).toEqual([statements, statements]);
  }, 120_000);
});
