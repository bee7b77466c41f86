import type { FilterRulePlace, Filters } from '@tributary/workflow-contracts/sql-metadata';
import { parseGlob } from './glob.js';
import { matchFilters, type FilterSubject } from './match.js';

/** A verdict of `matchFilters`, with the place of the rule that decided. */
export interface ExplainedVerdict {
  readonly selected: boolean;
  readonly reason: string;
  /** Absent when no rule decided. */
  readonly rule?: FilterRulePlace;
}

/** Whether the filters let `subject` through, why, and by which rule. @throws CodedError SQL_FILTER_INVALID */
export function explainFilters(filters: Filters, subject: FilterSubject): ExplainedVerdict {
  const { included: selected, because: reason, rule } = matchFilters(filters, subject);
  if (!rule) return { selected, reason };
  const list = selected ? 'include' : 'exclude';
  const index = (filters[list] ?? []).indexOf(rule);
  return { selected, reason, rule: { list, index } };
}

/** Passes filters whose patterns can all be read. @throws CodedError SQL_FILTER_INVALID */
export function assertFilters({ include = [], exclude = [] }: Filters): void {
  for (const rule of [...include, ...exclude]) {
    for (const [level, pattern] of Object.entries(rule)) if (typeof pattern === 'string') parseGlob(pattern, level);
  }
}
