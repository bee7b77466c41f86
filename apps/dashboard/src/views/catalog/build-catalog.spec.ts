import { CatalogBuilder, type EntityLine } from './build-catalog.js';

const within = { databaseName: 'db', schemaName: 'public', schemaQualifiedName: 'c/db/public' };

const LINES: readonly EntityLine[] = [
  { typeName: 'Column', attributes: { ...within, name: 'total', tableQualifiedName: 'c/db/public/orders', order: 2, rawDataTypeDefinition: 'numeric(10,2)', dataType: 'numeric', isNullable: true, isPrimary: false, isForeign: false } },
  { typeName: 'Column', attributes: { ...within, name: 'id', tableQualifiedName: 'c/db/public/orders', order: 1, rawDataTypeDefinition: 'bigint', isNullable: false, isPrimary: true, isForeign: false } },
  { typeName: 'Index', attributes: { ...within, name: 'orders_pkey', tableQualifiedName: 'c/db/public/orders', columnNames: ['id'], definition: 'CREATE …' } },
  {
    typeName: 'ForeignKey',
    attributes: {
      ...within,
      name: 'customer',
      tableQualifiedName: 'c/db/public/orders',
      columnNames: ['customer_id'],
      definition: 'FOREIGN KEY …',
      referencedTableQualifiedName: 'c/db/public/customers',
      referencedTableName: 'customers',
      referencedColumnNames: ['id'],
      onUpdate: 'no action',
      onDelete: 'cascade',
    },
  },
  { typeName: 'Table', attributes: { ...within, name: 'orders', qualifiedName: 'c/db/public/orders', rowCount: 3 }, customAttributes: { inherits: ['public.base'] } },
  {
    typeName: 'TablePartition',
    attributes: {
      ...within,
      name: 'orders_2026',
      qualifiedName: 'c/db/public/orders_2026',
      constraint: 'FOR VALUES …',
      parentTable: { typeName: 'Table', uniqueAttributes: { qualifiedName: 'c/db/public/orders' } },
    },
  },
  { typeName: 'Column', attributes: { ...within, name: 'a', viewQualifiedName: 'c/db/public/recent', order: 1, dataType: 'text' } },
  { typeName: 'View', attributes: { ...within, name: 'recent', qualifiedName: 'c/db/public/recent', definition: 'SELECT 1' } },
  { typeName: 'Function', attributes: { ...within, name: 'f' } },
  { typeName: 'Function', attributes: { ...within, name: 'g' } },
];

const built = (lines: readonly EntityLine[]) => {
  const builder = new CatalogBuilder();
  for (const line of lines) builder.add(line);
  return builder.catalog();
};

it('puts columns and keys to their tables, in whatever order they come', () => {
  const catalog = built(LINES);
  expect(catalog).toEqual(built([...LINES].reverse()));
  const orders = catalog.tables.get('c/db/public/orders');
  expect(orders?.columns.map(({ name, type, primary }) => [name, type, primary])).toEqual([
    ['id', 'bigint', true],
    ['total', 'numeric(10,2)', false],
  ]);
  expect(orders?.keys.map(({ type }) => type)).toEqual(['ForeignKey', 'Index']);
  expect(orders?.keys[0]?.references).toEqual({ table: 'c/db/public/customers', tableName: 'customers', columns: ['id'], onUpdate: 'no action', onDelete: 'cascade' });
  expect(orders?.inherits).toEqual(['public.base']);
  expect(catalog.tables.get('c/db/public/orders_2026')).toMatchObject({ partitionOf: 'c/db/public/orders', bound: 'FOR VALUES …' });
  expect(catalog.tables.get('c/db/public/recent')).toMatchObject({ definition: 'SELECT 1', columns: [{ name: 'a', type: 'text' }] });
});

it('has a schema for each table, also where the schema itself was not read', () => {
  expect(built(LINES).schemas).toMatchObject([{ name: 'public', database: 'db', tables: [{ name: 'orders' }, { name: 'orders_2026' }, { name: 'recent' }], others: { Function: 2 } }]);
  const described = built([...LINES, { typeName: 'Schema', attributes: { name: 'public', qualifiedName: 'c/db/public', databaseName: 'db', description: 'All of it' } }]);
  expect(described.schemas.map(({ description }) => description)).toEqual(['All of it']);
  expect(described.counts).toMatchObject({ Column: 3, Table: 1, Schema: 1 });
});
