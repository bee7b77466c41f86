/** Why something of a source is in an extraction or not. An extraction has what is `selected` and `readable`. */
export interface Verdict {
  /** Whether source and filters select it. */
  readonly selected: boolean;
  /** Whether the role can read it. What it may not see of it all the same, the reason says, and `fix` mends. */
  readonly readable: boolean;
  /** In words. */
  readonly reason: string;
  /** The filter rule that decided, by its place in the input's list; absent when none did. */
  readonly rule?: FilterRulePlace;
  /** Statement that gives the role what is missing: `GRANT CONNECT ON DATABASE …`. */
  readonly fix?: string;
}

export interface FilterRulePlace {
  readonly list: 'include' | 'exclude';
  /** From 0. */
  readonly index: number;
}

/** Kinds of objects that filters name. */
export const SOURCE_OBJECT_KINDS = [
  'table',
  'partitioned-table',
  'foreign-table',
  'view',
  'materialized-view',
  'sequence',
  'function',
  'procedure',
  'aggregate',
  'window',
] as const;
export type SourceObjectKind = (typeof SOURCE_OBJECT_KINDS)[number];
