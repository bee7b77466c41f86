/** A bug, for `bug.created`. */
export interface BugRecord {
  readonly kind: 'bug';
  /** Whether its description shall stand in the event. */
  readonly bodies: boolean;
  readonly bug: BugFields;
}

/** Of a `bug`, with Launchpad's field names. */
export interface BugFields {
  readonly id: number;
  readonly date_created: string;
  readonly owner_link?: string | null;
  readonly title?: string | null;
  readonly description?: string | null;
  readonly tags?: readonly string[] | null;
  readonly information_type?: string | null;
  readonly heat?: number | null;
  readonly number_of_duplicates?: number | null;
  readonly users_affected_count?: number | null;
  readonly duplicate_of_link?: string | null;
}

/** One of a bug's messages, for `bug.commented`; the message with index 0 is the description and gives no event. */
export interface BugMessageRecord {
  readonly kind: 'bug_message';
  readonly bodies: boolean;
  /** Id of the bug whose `messages` it was read from. */
  readonly bug: number;
  readonly message: MessageFields;
}

/** Of a `message`. Its index is read from `self_link`: `…/+bug/1/comments/5`. */
export interface MessageFields {
  readonly self_link: string;
  readonly date_created: string;
  readonly owner_link?: string | null;
  readonly subject?: string | null;
  readonly content?: string | null;
  readonly visible?: boolean | null;
  readonly date_deleted?: string | null;
  readonly date_last_edited?: string | null;
}

/** One row of a bug's activity, for every change of the bug and of its tasks. */
export interface BugActivityRecord {
  readonly kind: 'bug_activity';
  readonly bodies: boolean;
  /** Id of the bug whose `activity` it was read from. */
  readonly bug: number;
  /** How many earlier rows of the bug's activity have the same `activityKey`, in Launchpad's order: 0 for nearly all. */
  readonly ordinal: number;
  readonly activity: BugActivityFields;
}

/** Of a `bug_activity`. */
export interface BugActivityFields {
  readonly datechanged: string;
  readonly whatchanged?: string | null;
  readonly person_link?: string | null;
  readonly oldvalue?: string | null;
  readonly newvalue?: string | null;
  readonly message?: string | null;
}

/** A task, for what its dates tell and no row of the activity does: changes from before there was activity, or imported ones. */
export interface BugTaskRecord {
  readonly kind: 'bug_task';
  readonly bug: number;
  readonly task: BugTaskFields;
  /**
   * The whole activity of the bug, in any order. Needed are the rows whose `whatchanged` ends in `: status`, and those
   * with `affects`; the others are ignored. A date that one of these rows accounts for gives no event.
   */
  readonly activity: readonly BugActivityFields[];
}

/** Of a `bug_task`. */
export interface BugTaskFields {
  readonly self_link: string;
  readonly bug_target_name?: string | null;
  readonly status?: string | null;
  readonly importance?: string | null;
  readonly date_confirmed?: string | null;
  readonly date_triaged?: string | null;
  readonly date_in_progress?: string | null;
  readonly date_fix_committed?: string | null;
  readonly date_fix_released?: string | null;
  readonly date_closed?: string | null;
  readonly date_left_closed?: string | null;
}
