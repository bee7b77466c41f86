import type { CatalogKind, CatalogRecord } from '@tributary/workflow-contracts/sql-metadata';
import { sql, type RawBuilder } from 'kysely';
import type { CatalogCursor, CatalogScope } from '../catalog.js';
import { SQL_CURSOR_INVALID } from '../errors.js';
import { compileStatement, type Statement } from './statement.js';

/** What a kind's query is written for. */
export interface QueryContext {
  readonly scope: CatalogScope;
  /** As server_version_num: 180004. */
  readonly version: number;
}

/** Expressions by the name that their value gets in a row. */
export type Expressions = Readonly<Record<string, RawBuilder<unknown>>>;
export type RowOf<E extends Expressions> = { readonly [N in keyof E]: E[N] extends RawBuilder<infer T> ? T : never };

/** The one query that reads a kind of object, in parts. */
export interface KindQuery {
  /** FROM with what decides which rows there are; both counting and reading use it. */
  readonly from: RawBuilder<unknown>;
  readonly where: RawBuilder<boolean>;
  /** Outer joins that only decorate rows. */
  readonly decorations: RawBuilder<unknown>;
  readonly expressions: Expressions;
  /** What rows are ordered by and cursors begin with; unique. */
  readonly keys: readonly RawBuilder<number>[];
  /** Makes the mapper of one read; rows come in order, from just behind `after`. */
  readonly mapper: (after: CatalogCursor | undefined) => (row: never) => CatalogRecord;
}

/** Writes the query of a kind; the mapper sees rows as the expressions are typed. */
export function kindQuery<E extends Expressions>(
  query: Omit<KindQuery, 'expressions' | 'mapper'> & {
    readonly expressions: E;
    readonly mapper: (after: CatalogCursor | undefined) => (row: RowOf<E>) => CatalogRecord;
  },
): KindQuery {
  return query;
}

/** Reads rows behind `after` in ascending order of the keys. */
export function readStatement(query: KindQuery, after: readonly number[] | undefined): Statement {
  const columns = Object.entries(query.expressions).map(([name, expression]) => sql`${expression} AS ${sql.id(name)}`);
  const behind = after ? sql`AND ${compareKeys(query, sql`>`, after)}` : sql``;
  return compileStatement(sql`
    SELECT ${sql.join(columns)}
    FROM ${query.from} ${query.decorations}
    WHERE ${query.where} ${behind}
    ORDER BY ${sql.join([...query.keys])}`);
}

/** Counts rows, or those up to and including `upTo`. */
export function countStatement(query: KindQuery, upTo?: readonly number[]): Statement {
  return compileStatement(countOf(query, upTo));
}

/** Counts the rows of several queries at once; the result has one column each, under its name. */
export function countsStatement(queries: Readonly<Record<string, KindQuery>>): Statement {
  const columns = Object.entries(queries).map(([name, query]) => sql`(${countOf(query)}) AS ${sql.id(name)}`);
  return compileStatement(sql`SELECT ${sql.join(columns)}`);
}

/** Counts the rows of a query beside a digest of the relations that there are, in one statement. */
export function surveyStatement(query: KindQuery, digest: RawBuilder<unknown>): Statement {
  return compileStatement(sql`SELECT (${countOf(query)}) AS records, (${digest}) AS relations`);
}

function countOf(query: KindQuery, upTo?: readonly number[]): RawBuilder<unknown> {
  const until = upTo ? sql`AND ${compareKeys(query, sql`<=`, upTo)}` : sql``;
  return sql`SELECT count(*)::float8 AS count FROM ${query.from} WHERE ${query.where} ${until}`;
}

/** The numbers of a cursor that the keys are compared with. @throws CodedError SQL_CURSOR_INVALID */
export function keysOf(kind: CatalogKind, cursor: CatalogCursor): number[] {
  const numbers = cursor.filter((part): part is number => Number.isSafeInteger(part) && Number(part) >= 0);
  const length = kind === 'column' ? 3 : 1;
  if (cursor.length !== length || numbers.length !== length) throw SQL_CURSOR_INVALID({ cursor: JSON.stringify(cursor), kind });
  return kind === 'column' ? numbers.slice(0, 2) : numbers;
}

function compareKeys({ keys }: KindQuery, operator: RawBuilder<unknown>, values: readonly number[]): RawBuilder<boolean> {
  const casts = [sql`oid`, sql`int2`];
  const bound = values.map((value, at) => sql`${value}::${casts[at] ?? sql`oid`}`);
  return sql<boolean>`(${sql.join([...keys])}) ${operator} (${sql.join(bound)})`;
}
