import type { Filters, SqlSource } from './messages.js';
import type { SourceObjectKind, Verdict } from './source-verdict.js';

/** Workflow type that lists one level of a source. */
export const BROWSE_SQL_SOURCE = 'browseSqlSource';

/** Longest page of a browsed level. */
export const BROWSE_LIMIT = 1_000;

/**
 * Input of `browseSqlSource`. Without `database` the databases of the server are listed, with it its schemas, with
 * `schema` too the schema's objects. Schemas of the server itself are left out: they are never extracted.
 */
export interface BrowseSqlSourceInput {
  readonly source: SqlSource;
  /** Verdicts are given under these. */
  readonly filters?: Filters;
  readonly database?: string;
  readonly schema?: string;
  /** Part of the name, in either case. */
  readonly search?: string;
  /** `next` of the page before. */
  readonly after?: string;
  /** Items per page, 1 to 1000; a page of long comments has fewer. @default 200 */
  readonly limit?: number;
}

export interface SourceItem {
  readonly name: string;
  readonly kind: 'database' | 'schema' | SourceObjectKind;
  readonly verdict: Verdict;
  /** Argument types of a routine, which tell it from others of its name. */
  readonly signature?: string;
  /** The planner's estimate of rows; absent where it has none. */
  readonly rowsEstimate?: number;
  /** At most 500 characters; a longer one ends in `…`. */
  readonly comment?: string;
}

/** Result of `browseSqlSource`. */
export interface BrowseSqlSourceResult {
  readonly level: 'databases' | 'schemas' | 'objects';
  /** By name, in the order of its bytes. */
  readonly items: readonly SourceItem[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}
