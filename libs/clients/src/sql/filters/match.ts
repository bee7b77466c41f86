import type { FilterRule, Filters } from '@tributary/workflow-contracts/sql-metadata';
import { globMatches, parseGlob } from './glob.js';

/** What a verdict is asked about: a database, a schema of it, or an object of that. */
export interface FilterSubject {
  readonly database: string;
  readonly schema?: string;
  /** Table, view, sequence or routine. Columns, constraints and indexes go with their table. */
  readonly object?: string;
}

export interface FilterVerdict {
  readonly included: boolean;
  /** The rule that decided, if one did. */
  readonly rule?: FilterRule;
  /** The reason in words. */
  readonly because: string;
}

const LEVELS = ['database', 'schema', 'object'] as const;

/** Schemas of the server itself; they are never extracted, whatever the filters say. */
export function isSystemSchema(schema: string): boolean {
  return schema === 'information_schema' || schema.startsWith('pg_');
}

/**
 * Whether the filters let `subject` through, and why. A database or schema is in when an include rule could match
 * something in it, and out only by an exclude rule that says nothing of the levels below.
 * @throws CodedError SQL_FILTER_INVALID
 */
export function matchFilters(filters: Filters, subject: FilterSubject): FilterVerdict {
  if (subject.schema !== undefined && isSystemSchema(subject.schema)) {
    return { included: false, because: `schema "${subject.schema}" belongs to the server` };
  }
  const excludedBy = filters.exclude?.find((rule) => coversWhole(rule, subject) && matchesSoFar(rule, subject));
  if (excludedBy) return { included: false, rule: excludedBy, because: `exclude rule ${JSON.stringify(excludedBy)} matches` };
  if (!filters.include?.length) return { included: true, because: 'there is no include rule and no exclude rule matches' };
  const includedBy = filters.include.find((rule) => matchesSoFar(rule, subject));
  if (includedBy) return { included: true, rule: includedBy, because: `include rule ${JSON.stringify(includedBy)} matches` };
  return { included: false, because: 'no include rule matches' };
}

/** Whether the rule says nothing of levels below the subject's own. */
export function coversWhole(rule: FilterRule, subject: Pick<FilterSubject, 'schema' | 'object'>): boolean {
  if (subject.object === undefined && rule.object !== undefined) return false;
  return subject.schema !== undefined || rule.schema === undefined;
}

/** Whether the rule's patterns match at every level that the subject has. */
function matchesSoFar(rule: FilterRule, subject: FilterSubject): boolean {
  return LEVELS.every((level) => {
    const pattern = rule[level];
    const name = subject[level];
    return pattern === undefined || name === undefined || globMatches(parseGlob(pattern, level), name);
  });
}
