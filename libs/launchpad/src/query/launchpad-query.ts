import type { Query, Window } from '@tributary/etl';
import type { LAUNCHPAD_QUERY, LaunchpadFlow } from '@tributary/workflow-contracts/etl';

/** Whose or what's activity is read. Names are as Launchpad writes them: lower case, without `~`. */
export type LaunchpadSubject =
  | { readonly kind: 'members'; readonly names: readonly string[] }
  | { readonly kind: 'team'; readonly name: string }
  | { readonly kind: 'project'; readonly name: string };

/** What a run reads of Launchpad. */
export interface LaunchpadQuery extends Query {
  readonly type: typeof LAUNCHPAD_QUERY;
  readonly window: Window;
  readonly applicationName: string;
  /** URL, without version. */
  readonly serviceRoot: string;
  readonly version: 'devel' | '1.0' | 'beta';
  readonly subject: LaunchpadSubject;
  readonly flows: ReadonlySet<LaunchpadFlow>;
  /** Whether bodies of comments and descriptions join the events. */
  readonly bodies: boolean;
  /** When the run started, RFC 3339: what an incremental run remembers its visits by. */
  readonly startedAt: string;
}
