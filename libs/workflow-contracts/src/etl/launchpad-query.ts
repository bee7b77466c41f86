/** What is read of Launchpad; each is a part of the same run. */
export const LAUNCHPAD_FLOWS = ['bugs', 'merge_proposals', 'questions', 'blueprints', 'package_uploads', 'team_memberships'] as const;
export type LaunchpadFlow = (typeof LAUNCHPAD_FLOWS)[number];

/**
 * `FlowInput.args` of type `LaunchpadQuery`. Exactly one of `member`, `members`, `team` and `project` is given.
 * An event is in when `data_date_start <= time < data_date_end`, to the microsecond.
 */
export interface LaunchpadQueryArgs {
  /** Names the client to Launchpad: the OAuth consumer. @default LP_APP_ID */
  readonly application_name?: string;
  /** Name (`production`, `staging`, …) or URL, as launchpadlib takes it. @default LAUNCHPAD_SERVICE_ROOT */
  readonly service_root?: string;
  /** Version of the web service. @default "devel" */
  readonly version?: string;
  readonly member?: string;
  readonly members?: readonly string[];
  /** A team: its members, direct and indirect. */
  readonly team?: string;
  /** A project, distribution or project group: what anybody did in it. */
  readonly project?: string;
  /** Start of the window, inclusive: a date, or a time with or without offset. Of an incremental run: the origin, before which nothing is read. */
  readonly data_date_start: string;
  /** End of the window, exclusive. @default the time at which the run starts */
  readonly data_date_end?: string;
  /** IANA zone of dates and of times without offset. @default "UTC" */
  readonly time_zone?: string;
  /** Reads what has changed since the last green run of the same query. @default false */
  readonly incremental?: boolean;
  /** @default all */
  readonly flows?: readonly LaunchpadFlow[];
  /** Store bodies of comments and descriptions. @default false */
  readonly include_bodies?: boolean;
  /** Fraction of the run's records, 0 to 1, that may be put aside because they cannot be transformed without making the run red. @default 0 */
  readonly quarantine_threshold?: number;
}
