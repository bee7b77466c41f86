import type { SchemaDescription, TableDescription } from './describe-schema.js';

const MOST = 10;

/**
 * In which ways `live` is not what `expected` needs, each in words. Tables, indexes and constraints may be added, and
 * columns that an insert may leave out.
 */
export function compareSchema(live: SchemaDescription, expected: SchemaDescription): string[] {
  const differences = Object.entries(expected).flatMap(([name, table]) => {
    const found = live[name];
    return found ? [...compareColumns(name, found, table), ...compareRest(name, found, table)] : [`table ${name} is missing`];
  });
  const more = differences.length - MOST;
  return more > 0 ? [...differences.slice(0, MOST), `${more} more`] : differences;
}

function compareColumns(table: string, live: TableDescription, expected: TableDescription): string[] {
  const wrong = Object.entries(expected.columns).flatMap(([name, column]) => {
    const found = live.columns[name];
    const at = `column ${table}.${name}`;
    if (!found) return [`${at} is missing`];
    return [
      ...(found.type === column.type ? [] : [`${at} has type ${found.type} instead of ${column.type}`]),
      ...(found.nullable === column.nullable ? [] : [`${at} ${found.nullable ? 'takes' : 'refuses'} NULL`]),
      ...(found.byDefault === column.byDefault ? [] : [`${at} has default "${found.byDefault}" instead of "${column.byDefault}"`]),
    ];
  });
  const added = Object.entries(live.columns).filter(([name, { nullable, byDefault }]) => !expected.columns[name] && !nullable && byDefault === '');
  return [...wrong, ...added.map(([name]) => `column ${table}.${name} was added, refuses NULL and has no default`)];
}

function compareRest(table: string, live: TableDescription, expected: TableDescription): string[] {
  const missing = (what: string, found: readonly string[], needed: readonly string[]): string[] =>
    needed.filter((definition) => !found.includes(definition)).map((definition) => `${what} ${definition} of ${table} is missing or invalid`);
  return [...missing('index', live.indexes, expected.indexes), ...missing('constraint', live.constraints, expected.constraints)];
}
