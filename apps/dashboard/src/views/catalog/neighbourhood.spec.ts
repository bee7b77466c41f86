import fc from 'fast-check';
import type { Catalog, CatalogTable } from './catalog.js';
import { layOut } from './layout.js';
import { neighbourhoodOf, relationsOf } from './neighbourhood.js';
import { searchCatalog } from './search.js';
import { shardsInOrder } from './shard-order.js';

/** Tables of the form `orders>customers,products`: a name, and what its keys reference. */
function catalogOf(...tables: readonly string[]): Catalog {
  const made = tables.map((text): CatalogTable => {
    const [name = '', to] = text.split('>');
    const references = to === undefined ? [] : to.split(',');
    const column = (column: string, at: number) => ({ name: column, order: at, type: 'bigint', nullable: false, primary: at === 0, foreign: at > 0 });
    return {
      qualifiedName: name,
      type: 'Table',
      name,
      schema: 'public',
      database: 'db',
      schemaQualifiedName: 'public',
      inherits: [],
      columns: ['id', ...references.map((other) => `${other}_id`)].map(column),
      keys: references.map((other) => ({
        type: 'ForeignKey',
        name: `${name}_${other}`,
        columns: [`${other}_id`],
        definition: '',
        references: { table: other, tableName: other, columns: ['id'], onUpdate: '', onDelete: '' },
      })),
    };
  });
  return { schemas: [], tables: new Map(made.map((table) => [table.qualifiedName, table])), counts: {} };
}

function around(catalog: Catalog, name: string, steps: number, most = 30) {
  const middle = catalog.tables.get(name);
  if (!middle) throw new Error(`There is no table ${name}`);
  return neighbourhoodOf(catalog, relationsOf(catalog), middle, steps, most);
}

const SHOP = catalogOf('orders>customers', 'items>orders,products', 'products>suppliers', 'customers', 'suppliers', 'tree>tree', 'lost>elsewhere');
const stepsOf = (name: string, steps: number): Record<string, number> =>
  Object.fromEntries(around(SHOP, name, steps).neighbours.map(({ table, step }) => [table.name, step]));

describe('a neighbourhood', () => {
  it('has what references a table on one side, and what it references on the other', () => {
    expect(stepsOf('orders', 1)).toEqual({ orders: 0, customers: 1, items: -1 });
    expect(stepsOf('orders', 2)).toEqual({ orders: 0, customers: 1, items: -1, products: -2 });
    expect(stepsOf('tree', 2)).toEqual({ tree: 0 });
    expect(around(SHOP, 'tree', 1).relations).toHaveLength(1);
    expect(around(SHOP, 'lost', 1)).toMatchObject({ relations: [] });
  });

  it('leaves out what is too much, and says how many tables that are', () => {
    const hub = catalogOf('hub', ...Array.from({ length: 40 }, (_, at) => `t${at}>hub`));
    const { neighbours, omitted } = around(hub, 'hub', 2, 30);
    expect(neighbours).toHaveLength(30);
    expect(omitted).toBe(11);
    expect(neighbours[0]?.table.name).toBe('hub');
  });
});

describe('the layout', () => {
  const graph = fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 40 }).map((pairs) =>
    catalogOf(...Array.from({ length: 15 }, (_, at) => {
      const to = [...new Set(pairs.filter(([from]) => from === at).map(([, other]) => `t${other}`))];
      return to.length === 0 ? `t${at}` : `t${at}>${to.join()}`;
    })),
  );

  it('lays no table over another or out of the drawing, whatever references what', () => {
    fc.assert(
      fc.property(graph, fc.constantFrom(1, 2), (catalog, steps) => {
        const { boxes, lines, width, height } = layOut(around(catalog, 't0', steps));
        for (const [at, box] of boxes.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          expect(box.y + box.height).toBeLessThanOrEqual(height);
          for (const other of boxes.slice(at + 1)) {
            const apart = box.x + box.width <= other.x || other.x + other.width <= box.x || box.y + box.height <= other.y || other.y + other.height <= box.y;
            expect([box.table.name, other.table.name, apart]).toEqual([box.table.name, other.table.name, true]);
          }
        }
        for (const { start, end, path } of lines) {
          expect(path).not.toContain('NaN');
          expect(boxes.some(({ x, width: wide }) => x === start.x || x + wide === start.x)).toBe(true);
          expect(boxes.some(({ x, width: wide }) => x === end.x || x + wide === end.x)).toBe(true);
        }
      }),
    );
  });

  it('puts each step in a column of its own, from left to right', () => {
    const { boxes } = layOut(around(SHOP, 'orders', 2));
    expect(boxes.map(({ table }) => table.name)).toEqual(['products', 'items', 'orders', 'customers']);
    expect(boxes.map(({ x }) => x)).toEqual([...boxes.map(({ x }) => x)].sort((a, b) => a - b));
  });
});

describe('the search', () => {
  const found = (text: string, most = 10): readonly string[] => searchCatalog(SHOP, text, most).hits.map(({ table }) => table.name);

  it('finds exact names first, then parts, then columns', () => {
    expect(found('orders')).toEqual(['orders', 'items']);
    expect(found('public.orders')).toEqual(['orders']);
    expect(found('CUSTOM')).toEqual(['customers', 'orders']);
    expect(searchCatalog(SHOP, 'orders_id', 10).hits).toMatchObject([{ table: { name: 'items' }, columns: ['orders_id'] }]);
    expect(found('nothing at all')).toEqual([]);
    expect(found('  ')).toEqual([]);
  });

  it('says how many there are beyond those shown', () => {
    expect(searchCatalog(SHOP, 'public', 2)).toMatchObject({ total: 7, hits: [{}, {}] });
  });
});

it('reads shards of tables before those of columns, and nothing but entities', () => {
  const shard = (typeName: string, content: 'entities' | 'raw' = 'entities') => ({ key: typeName, href: '', content, typeName, sha256: '', bytes: 1, records: 1 });
  const order = shardsInOrder([shard('Index'), shard('Column'), shard('Table', 'raw'), shard('Schema'), shard('ForeignKey'), shard('Table')]);
  expect(order.map(({ typeName }) => typeName)).toEqual(['Schema', 'Table', 'ForeignKey', 'Column', 'Index']);
});
