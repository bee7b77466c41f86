import { SOURCE_OBJECT_KINDS, type SourceObjectKind } from '@tributary/workflow-contracts/sql-metadata';
import { sql, type RawBuilder } from 'kysely';
import type { ListedItem, ListedObject, ListOptions, ListPlace, ObjectCounts } from '../catalog.js';
import { SQL_CURSOR_INVALID } from '../errors.js';
import { compileFilters } from '../filters/compile.js';
import type { QueryContext } from './kind-query.js';
import { commentJoin, objectFilter, RELATION_TYPES, rowEstimateOf, schemaFilter } from './queries/fragments.js';
import { compileStatement } from './statement.js';
import type { Wire } from './wire.js';

const COMMENT_CHARACTERS = 500;

interface SchemaRow {
  readonly name: string;
  readonly bytes: string;
  readonly selected: boolean;
  readonly usable: boolean;
  readonly comment: string | null;
}

interface ObjectRow extends SchemaRow {
  readonly oid: number;
  readonly schema: string;
  readonly schemaBytes: string;
  readonly kind: SourceObjectKind;
  readonly signature: string | null;
  readonly rowEstimate: number | null;
}

/** See `CatalogSession.listSchemas`. */
export async function listSchemas(wire: Wire, context: QueryContext, { limit, after, search }: ListOptions): Promise<ListedItem[]> {
  const conditions = [notOfTheServer(context), ...searched(sql`n.nspname`, search)];
  if (after) conditions.push(sql<boolean>`n.nspname > ${nameOfBytes(placeOf(after, ['name'])[0])}`);
  const statement = compileStatement(sql`
    SELECT n.nspname AS name, ${bytesOf(sql`n.nspname`)} AS bytes, ${schemaFilter(context)} AS selected,
      pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usable, pg_catalog.left(s.description, ${COMMENT_CHARACTERS + 1}::int4) AS comment
    FROM pg_catalog.pg_namespace n ${commentJoin('pg_namespace', sql`n.oid`)}
    WHERE ${sql.join(conditions, sql` AND `)} ORDER BY n.nspname LIMIT ${limit}::int8`);
  const rows = await wire.query<SchemaRow>(statement, 'the list of schemas');
  return rows.map((row) => ({ ...itemOf(row), place: [row.bytes] }));
}

/** See `CatalogSession.listObjects`. */
export async function listObjects(
  wire: Wire,
  context: QueryContext,
  { limit, after, search, schema }: ListOptions & { readonly schema?: string | undefined },
): Promise<ListedObject[]> {
  const conditions = [sql<boolean>`true`, ...searched(sql`o.name`, search)];
  if (after) {
    const [schemaBytes, bytes, kind, oid] = placeOf(after, ['name', 'name', 'kind', 'oid']);
    const place = sql`(${nameOfBytes(schemaBytes)}, ${nameOfBytes(bytes)}, ${kind}::text COLLATE "C", ${oid}::oid)`;
    conditions.push(sql<boolean>`(o.schema, o.name, o.kind COLLATE "C", o.oid) > ${place}`);
  }
  // The page is cut before anything that decorates it is looked up.
  const statement = compileStatement(sql`
    SELECT o.oid, o.schema, o.name, o.kind, o.selected, o.usable, o."rowEstimate", o.signature,
      ${bytesOf(sql`o.schema`)} AS "schemaBytes", ${bytesOf(sql`o.name`)} AS bytes,
      (SELECT pg_catalog.left(s.description, ${COMMENT_CHARACTERS + 1}::int4) FROM pg_catalog.pg_description s
        WHERE s.objoid = o.oid AND s.classoid = o.catalog AND s.objsubid = 0) AS comment
    FROM (
      SELECT * FROM (${objectsOf(context, schema)}) o WHERE ${sql.join(conditions, sql` AND `)}
      ORDER BY o.schema, o.name, o.kind COLLATE "C", o.oid LIMIT ${limit}::int8
    ) o
    ORDER BY o.schema, o.name, o.kind COLLATE "C", o.oid`);
  const rows = await wire.query<ObjectRow>(statement, 'the list of objects');
  return rows.map((row) => {
    const { oid, schema: schemaName, kind, signature, rowEstimate } = row;
    const place = [row.schemaBytes, row.bytes, kind, oid];
    return { ...itemOf(row), schema: schemaName, kind, signature, rowEstimate, place };
  });
}

/** See `CatalogSession.countObjects`. */
export async function countObjects(wire: Wire, context: QueryContext): Promise<ObjectCounts> {
  const statement = compileStatement(sql`
    SELECT count(*)::float8 AS all, (count(*) FILTER (WHERE o.selected))::float8 AS selected FROM (${objectsOf(context)}) o`);
  const [row] = await wire.query<ObjectCounts>(statement, 'the number of objects');
  if (!row) throw new Error('a count has one row');
  return row;
}

/** Everything that the object level of filters is about: what the kinds relation, sequence and routine read. */
function objectsOf(context: QueryContext, schema?: string): RawBuilder<unknown> {
  const relationKinds = [...Object.entries(RELATION_TYPES), ['S', 'sequence'] as const];
  const routineKinds = { f: 'function', p: 'procedure', a: 'aggregate', w: 'window' };
  const here = sql`${notOfTheServer(context)} ${schema === undefined ? sql`` : sql`AND n.nspname = ${schema}::text`}`;
  const usable = sql`pg_catalog.has_schema_privilege(n.oid, 'USAGE')`;
  return sql`
    SELECT c.oid, 'pg_catalog.pg_class'::regclass::oid AS catalog, n.nspname AS schema, c.relname AS name,
      ${kindOf(sql`c.relkind`, relationKinds)} AS kind, ${objectFilter(context)} AS selected, ${usable} AS usable,
      CASE WHEN c.relkind <> 'S' THEN ${rowEstimateOf(context.version)} END AS "rowEstimate", NULL::text AS signature
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN (${sql.join(relationKinds.map(([kind]) => sql.lit(kind)))}) AND ${here}
    UNION ALL
    SELECT p.oid, 'pg_catalog.pg_proc'::regclass::oid, n.nspname, p.proname,
      ${kindOf(sql`p.prokind`, Object.entries(routineKinds))}, ${objectFilter(context, sql`p.proname`)}, ${usable},
      NULL::float8, pg_catalog.oidvectortypes(p.proargtypes)
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE ${here}`;
}

function kindOf(column: RawBuilder<unknown>, names: readonly (readonly [string, string])[]): RawBuilder<unknown> {
  const cases = names.map(([kind, name]) => sql`WHEN ${sql.lit(kind)} THEN ${sql.lit(name)}`);
  return sql`CASE ${column} ${sql.join(cases, sql` `)} END`;
}

function notOfTheServer({ scope }: QueryContext): RawBuilder<boolean> {
  return compileFilters({}, scope.database, { schema: sql`n.nspname` });
}

function searched(name: RawBuilder<unknown>, search: string | undefined): RawBuilder<boolean>[] {
  if (search === undefined) return [];
  return [sql<boolean>`pg_catalog.strpos(pg_catalog.lower(${name}::text), pg_catalog.lower(${search}::text)) > 0`];
}

// A place must lead back to its item where the text that was read does not: in a database of any bytes.
function bytesOf(name: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`pg_catalog.encode(pg_catalog.convert_to(${name}::text, pg_catalog.getdatabaseencoding()), 'hex')`;
}

function nameOfBytes(hex: string | number | undefined): RawBuilder<unknown> {
  return sql`pg_catalog.convert_from(pg_catalog.decode(${hex}::text, 'hex'), pg_catalog.getdatabaseencoding())::name`;
}

const PARTS: Readonly<Record<'name' | 'kind' | 'oid', (part: unknown) => boolean>> = {
  name: (part) => typeof part === 'string' && /^(?:[0-9a-f]{2}){1,63}$/.test(part),
  kind: (part) => (SOURCE_OBJECT_KINDS as readonly unknown[]).includes(part),
  oid: (part) => Number.isInteger(part) && Number(part) >= 0 && Number(part) < 2 ** 32,
};

/** @throws CodedError SQL_CURSOR_INVALID */
function placeOf(after: ListPlace, parts: readonly (keyof typeof PARTS)[]): ListPlace {
  if (after.length === parts.length && parts.every((part, at) => PARTS[part](after[at]))) return after;
  throw SQL_CURSOR_INVALID({ cursor: JSON.stringify(after), kind: parts.length === 1 ? 'schema' : 'object' });
}

function itemOf({ name, selected, usable, comment }: SchemaRow): Omit<ListedItem, 'place'> {
  const characters = [...(comment ?? '')];
  const isLong = characters.length > COMMENT_CHARACTERS;
  return { name, selected, usable, comment: isLong ? `${characters.slice(0, COMMENT_CHARACTERS - 1).join('')}…` : comment };
}
