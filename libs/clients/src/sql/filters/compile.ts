import type { FilterRule, Filters } from '@tributary/workflow-contracts/sql-metadata';
import { sql, type RawBuilder } from 'kysely';
import { globMatches, likePatternOf, literalOf, parseGlob } from './glob.js';
import { coversWhole } from './match.js';

type Condition = RawBuilder<boolean>;

/** Columns that hold the names a condition is about. */
export interface FilterColumns {
  readonly schema: RawBuilder<string>;
  /** Absent when the condition is about schemas themselves. */
  readonly object?: RawBuilder<string>;
}

/**
 * The verdict of `matchFilters` as a condition on rows of one database; patterns become bind parameters.
 * @throws CodedError SQL_FILTER_INVALID
 */
export function compileFilters(filters: Filters, database: string, columns: FilterColumns): Condition {
  const subject = { schema: '', ...(columns.object && { object: '' }) };
  const here = (rule: FilterRule): boolean =>
    rule.database === undefined || globMatches(parseGlob(rule.database, 'database'), database);
  const conditions: Condition[] = [notOfTheServer(columns.schema)];
  if (filters.include?.length) conditions.push(either(filters.include.filter(here).map((rule) => ruleCondition(rule, columns))));
  const excludes = (filters.exclude ?? []).filter((rule) => here(rule) && coversWhole(rule, subject));
  if (excludes.length) conditions.push(sql<boolean>`NOT ${either(excludes.map((rule) => ruleCondition(rule, columns)))}`);
  return sql<boolean>`(${sql.join(conditions, sql` AND `)})`;
}

function notOfTheServer(schema: RawBuilder<string>): Condition {
  return sql<boolean>`${schema} <> 'information_schema' AND ${schema} NOT LIKE 'pg\\_%'`;
}

function either(conditions: readonly Condition[]): Condition {
  return conditions.length ? sql<boolean>`(${sql.join(conditions, sql` OR `)})` : sql<boolean>`false`;
}

function ruleCondition(rule: FilterRule, { schema, object }: FilterColumns): Condition {
  const conditions: Condition[] = [];
  if (rule.schema !== undefined) conditions.push(matches(schema, rule.schema, 'schema'));
  if (rule.object !== undefined && object) conditions.push(matches(object, rule.object, 'object'));
  return conditions.length ? sql<boolean>`(${sql.join(conditions, sql` AND `)})` : sql<boolean>`true`;
}

// The cast keeps the parameter from being taken for a name, which would be cut to 63 bytes.
function matches(column: RawBuilder<string>, pattern: string, level: string): Condition {
  const tokens = parseGlob(pattern, level);
  const literal = literalOf(tokens);
  if (literal !== undefined) return sql<boolean>`${column} = ${literal}::text`;
  return sql<boolean>`${column} LIKE ${likePatternOf(tokens)}::text`;
}
