/** Where a status stands in Launchpad's own order, which decides which dates of a task a change sets. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['New', 10],
  ['Incomplete', 15],
  ['Opinion', 16],
  ['Invalid', 17],
  ["Won't Fix", 18],
  ['Expired', 19],
  ['Confirmed', 20],
  ['Triaged', 21],
  ['In Progress', 22],
  ['Deferred', 23],
  ['Fix Committed', 25],
  ['Fix Released', 30],
]);

/** `Rejected` and `Fixed` stand in activity from before 2008. */
const CLOSED = new Set(['Fix Released', 'Invalid', "Won't Fix", 'Expired', 'Opinion', 'Does Not Exist', 'Rejected', 'Fixed']);

/** `Unknown`, the status of trackers that were never asked, is neither open nor closed. Nor is what this version does not know. */
const OPEN = new Set([
  'New',
  'Incomplete',
  'Incomplete (with response)',
  'Incomplete (without response)',
  'Confirmed',
  'Triaged',
  'In Progress',
  'Deferred',
  'Fix Committed',
  'Unconfirmed',
  'Needs Info',
  'Accepted',
]);

export const LIFECYCLE = [
  { status: 'Confirmed', type: 'bug.confirmed', kind: 'confirmed', date: 'date_confirmed' },
  { status: 'Triaged', type: 'bug.triaged', kind: 'triaged', date: 'date_triaged' },
  { status: 'In Progress', type: 'bug.in_progress', kind: 'in-progress', date: 'date_in_progress' },
  { status: 'Fix Committed', type: 'bug.fix_committed', kind: 'fix-committed', date: 'date_fix_committed' },
  { status: 'Fix Released', type: 'bug.fix_released', kind: 'fix-released', date: 'date_fix_released' },
] as const;

export const CLOSE = { type: 'bug.closed', kind: 'closed', date: 'date_closed' } as const;
export const REOPEN = { type: 'bug.reopened', kind: 'reopened', date: 'date_left_closed' } as const;

/** A change of a status; null where Launchpad has none. */
export interface StatusChange {
  readonly old: string | null;
  readonly new: string | null;
}

/** What a change means in the life of a task, besides being a change. */
export function derivedFrom(change: StatusChange): readonly ((typeof LIFECYCLE)[number] | typeof CLOSE | typeof REOPEN)[] {
  const reached = LIFECYCLE.filter(({ status }) => status === change.new && status !== change.old);
  return [...reached, ...(closes(change) ? [CLOSE] : []), ...(reopens(change) ? [REOPEN] : [])];
}

function closes(change: StatusChange): boolean {
  return OPEN.has(change.old ?? '') && CLOSED.has(change.new ?? '');
}

function reopens(change: StatusChange): boolean {
  return CLOSED.has(change.old ?? '') && OPEN.has(change.new ?? '');
}

/** Whether a change is one at which Launchpad may have set `date_closed`: all but those of which this is known to be false. */
export function mayClose(change: StatusChange): boolean {
  return !CLOSED.has(change.old ?? '') && !OPEN.has(change.new ?? '');
}

/** Whether a change is one at which Launchpad may have set `date_left_closed`. */
export function mayReopen(change: StatusChange): boolean {
  return !OPEN.has(change.old ?? '') && !CLOSED.has(change.new ?? '');
}

/** Whether a change is one at which Launchpad sets the date of `status`: it does so for every status that is passed. */
export function passes(change: StatusChange, status: string): boolean {
  const [before, after, at] = [change.old, change.new, status].map((title) => RANKS.get(title ?? ''));
  // A status that has no rank here may have passed any.
  if (before === undefined || after === undefined || at === undefined) return true;
  return before < at && at <= after;
}
