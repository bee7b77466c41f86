import { Client } from 'pg';

/** Size of a generated catalog. */
export interface GeneratedSize {
  /** Tables, partitions and foreign tables together; at least 50. */
  readonly tables: number;
  /** Columns of all of those. */
  readonly columns: number;
}

/** Objects that `generateCatalog` has made. */
export interface GeneratedCounts extends GeneratedSize {
  readonly schemas: number;
  readonly views: number;
  readonly viewColumns: number;
  readonly functions: number;
}

const TABLES_PER_SCHEMA = 100;
const TYPES = ['integer', 'bigint', 'text', 'character varying(120)', 'numeric(12,2)', 'boolean', 'timestamp with time zone', 'date', 'jsonb', 'uuid', 'double precision', 'text[]'];

/**
 * Fills an empty database with a large, always equal catalog: schemas of 100 tables with comments, enums, domains,
 * partitions, foreign tables, views, functions, indexes, checks and foreign keys. Needs a superuser. Ends with ANALYZE.
 */
export async function generateCatalog(url: string, size: GeneratedSize): Promise<GeneratedCounts> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET synchronous_commit = off; SET client_min_messages = error;
      CREATE FOREIGN DATA WRAPPER gen_wrapper; CREATE SERVER gen_server FOREIGN DATA WRAPPER gen_wrapper;`);
    const counts = { ...size, schemas: 0, views: 0, viewColumns: 0, functions: 0 };
    const widthOf = tableWidths(size);
    for (let first = 0; first < size.tables; first += TABLES_PER_SCHEMA) {
      const schema = schemaAt(first);
      const last = Math.min(first + TABLES_PER_SCHEMA, size.tables);
      const statements = [
        `CREATE SCHEMA ${schema}; COMMENT ON SCHEMA ${schema} IS 'Generated tables ${first} to ${last - 1}';`,
        `CREATE TYPE ${schema}.mood AS ENUM ('calm', 'busy', 'closed'); CREATE DOMAIN ${schema}.email AS text CHECK (VALUE LIKE '%@%');`,
      ];
      for (let table = first; table < last; table++) statements.push(...tableStatements(table, widthOf(table)));
      for (let table = first; table < last; table += 20) {
        statements.push(`CREATE VIEW ${schema}.v_${table} AS SELECT t.id, t.c2, count(*) AS n FROM ${schema}.t_${table} t GROUP BY t.id, t.c2;`);
        counts.views++;
        counts.viewColumns += 3;
      }
      for (let table = first; table < last; table += 25) {
        statements.push(`CREATE FUNCTION ${schema}.f_${table}(amount numeric, note text DEFAULT 'none') RETURNS numeric LANGUAGE sql STABLE AS 'SELECT amount * 2';`);
        counts.functions++;
      }
      counts.schemas++;
      await client.query(statements.join('\n'));
    }
    await client.query('ANALYZE');
    return counts;
  } finally {
    await client.end();
  }
}

function schemaAt(table: number): string {
  return `gen_${String(Math.floor(table / TABLES_PER_SCHEMA)).padStart(4, '0')}`;
}

/** Tables 10, 11 and 12 of every 50 are a partitioned table with two partitions; 30 is a foreign table. */
function roleOf(table: number): 'partitioned' | 'partition' | 'foreign' | 'plain' {
  const place = table % 50;
  if (place === 10) return 'partitioned';
  if (place === 11 || place === 12) return 'partition';
  return place === 30 ? 'foreign' : 'plain';
}

/** Spreads the columns evenly; a partition is as wide as its parent. */
function tableWidths({ tables, columns }: GeneratedSize): (table: number) => number {
  if (tables < 50 || tables % 50 !== 0) throw new Error(`tables is ${tables}; use a multiple of 50`);
  const base = Math.floor(columns / tables);
  if (base < 4) throw new Error(`${columns} columns are too few for ${tables} tables; give each 4 or more`);
  const spread = columns - base * tables;
  const wider = (table: number): number => Math.floor(table / 50) * 47 + [...Array(table % 50).keys()].filter((place) => roleOf(place) !== 'partitioned' && roleOf(place) !== 'partition').length;
  return (table) => {
    const fixed = roleOf(table) === 'partitioned' || roleOf(table) === 'partition';
    const flexible = (tables / 50) * 47;
    if (fixed) return base;
    const each = Math.floor(spread / flexible);
    return base + each + (wider(table) < spread - each * flexible ? 1 : 0);
  };
}

function tableStatements(table: number, width: number): string[] {
  const schema = schemaAt(table);
  const name = `${schema}.t_${table}`;
  const role = roleOf(table);
  if (role === 'partition') {
    const parent = table - (table % 50) + 10;
    const from = (table - parent - 1) * 1000;
    return [`CREATE TABLE ${name} PARTITION OF ${schema}.t_${parent} FOR VALUES FROM (${from}) TO (${from + 1000});`];
  }
  const columns = ['id bigint NOT NULL', `c2 ${table % 3 === 0 ? `${schema}.mood` : 'text'} DEFAULT ${table % 3 === 0 ? "'calm'" : "'x'"}`, `c3 ${schema}.email`];
  for (let column = 4; column <= width; column++) {
    columns.push(`c${column} ${TYPES[(table + column) % TYPES.length]}${column % 7 === 0 ? ' NOT NULL' : ''}`);
  }
  const list = columns.join(', ');
  const comments = [`COMMENT ON COLUMN ${name}.id IS 'Identifies a row of table ${table}';`];
  for (let column = 5; column <= width; column += 5) comments.push(`COMMENT ON COLUMN ${name}.c${column} IS 'Column ${column} of table ${table}, as the generator describes it';`);
  if (role === 'foreign') return [`CREATE FOREIGN TABLE ${name} (${list}) SERVER gen_server OPTIONS (remote 't_${table}');`, ...comments];
  const kind = `COMMENT ON TABLE ${name} IS 'Generated table ${table}';`;
  if (role === 'partitioned') return [`CREATE TABLE ${name} (${list}, PRIMARY KEY (id)) PARTITION BY RANGE (id);`, kind, ...comments];
  const constraints = [`PRIMARY KEY (id)`, ...(table % 4 === 0 ? [`CHECK (id > 0)`] : []), ...(table % 5 === 0 ? ['UNIQUE (c2, c3)'] : [])];
  const previous = table % TABLES_PER_SCHEMA > 0 && roleOf(table - 1) === 'plain' && table % 2 === 1;
  if (previous) constraints.push(`FOREIGN KEY (id) REFERENCES ${schema}.t_${table - 1} (id) ON DELETE CASCADE`);
  const indexes = table % 2 === 0 ? [`CREATE INDEX ON ${name} (c2, lower(c3)) WHERE id > 10;`] : [];
  return [`CREATE TABLE ${name} (${list}, ${constraints.join(', ')});`, ...indexes, kind, ...comments];
}
