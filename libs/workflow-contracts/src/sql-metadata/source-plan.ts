import type { CatalogKind } from './kinds.js';
import type { Filters, SqlSource } from './messages.js';
import type { SourceObjectKind, Verdict } from './source-verdict.js';

/** Workflow type that says what an extraction would have, and why. */
export const PLAN_SQL_EXTRACTION = 'planSqlExtraction';

/** Input of `planSqlExtraction`. */
export interface PlanSqlExtractionInput {
  readonly source: SqlSource;
  readonly filters?: Filters;
  /** `next` of the page before. */
  readonly after?: string;
  /** Objects per page, 1 to 1000. @default 200 */
  readonly limit?: number;
}

export interface PlannedDatabase {
  readonly name: string;
  readonly verdict: Verdict;
  /** Records by kind that an extraction has of it; absent when it is not selected or not readable. */
  readonly counts?: Readonly<Record<CatalogKind, number>>;
}

export interface PlannedObject {
  readonly database: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: SourceObjectKind;
  /** Argument types of a routine. */
  readonly signature?: string;
  readonly verdict: Verdict;
}

/** Result of `planSqlExtraction`: one page of the objects of the databases that are selected and readable. */
export interface SqlExtractionPlan {
  readonly serverVersion: string;
  /** Every database of the server, by name; on every page. */
  readonly databases: readonly PlannedDatabase[];
  /** Databases that the list has no room for; selected ones are the last to be left out. */
  readonly databasesOmitted?: number;
  /** By database, schema and name, in the order of their bytes. */
  readonly objects: readonly PlannedObject[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
  readonly totals: {
    /** Objects that an extraction has. */
    readonly selected: number;
    /** Objects of the same databases that the filters leave out. */
    readonly excluded: number;
    /** Selected databases that the role cannot read; nobody can count their objects. */
    readonly unreadable: number;
  };
}
