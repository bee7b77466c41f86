import type { Filters, SqlSource } from './messages.js';

/** Workflow type that finds out whether a source can be extracted. */
export const CHECK_SQL_SOURCE = 'checkSqlSource';

/** Steps of a check, in their order. After a failed one the later ones are skipped, unless they need nothing of it. */
export const CHECK_STEPS = ['input', 'secret', 'network', 'sign-in', 'version', 'databases', 'privileges', 'scope'] as const;
export type CheckStepName = (typeof CHECK_STEPS)[number];

export const CHECK_STATUSES = ['passed', 'warning', 'failed', 'skipped'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** Input of `checkSqlSource`: that of an extraction, without the connection that its entities would belong to. */
export interface CheckSqlSourceInput {
  readonly source: SqlSource;
  readonly filters?: Filters;
}

export interface CheckStep {
  readonly name: CheckStepName;
  readonly status: CheckStatus;
  /** Whether an extraction needs it: a check with a failed one is not `ok`. */
  readonly required: boolean;
  /** What was found, in a sentence. */
  readonly detail: string;
  /** Error code of what failed; docs/errors.md has them all. */
  readonly code?: string;
  /** What mends it: the exact GRANT where that is what is missing. */
  readonly fix?: string;
  /** Time that the step took, in milliseconds. */
  readonly millis: number;
}

export interface CheckedDatabase {
  readonly name: string;
  /** Whether the role gets in; of very many databases the last ones are told by their privileges alone. */
  readonly readable: boolean;
  readonly reason?: string;
  readonly fix?: string;
}

/** Result of `checkSqlSource`. A failed check is a result, not a failure of the workflow. */
export interface SourceCheck {
  /** Whether no required step failed. */
  readonly ok: boolean;
  /** `18.4`; absent when the check did not get that far. */
  readonly serverVersion?: string;
  /** One line per step, in order. */
  readonly checks: readonly CheckStep[];
  /** Databases that source and filters select, by name. */
  readonly databases: readonly CheckedDatabase[];
  /** Databases that the list has no room for. */
  readonly databasesOmitted?: number;
}
