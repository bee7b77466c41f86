import type { BugStatus, BugTask, TaskDates } from './entities-bugs.js';
import type { Micros } from './time.js';

/** How far a status is; Launchpad compares statuses by these numbers. */
const RANK: Readonly<Record<BugStatus, number>> = {
  New: 10,
  Incomplete: 15,
  Opinion: 16,
  Invalid: 17,
  "Won't Fix": 18,
  Expired: 19,
  Confirmed: 20,
  Triaged: 21,
  'In Progress': 22,
  Deferred: 23,
  'Fix Committed': 25,
  'Fix Released': 30,
  'Does Not Exist': 31,
  Unknown: 999,
};

/** What a search without statuses finds. */
export const UNRESOLVED: ReadonlySet<BugStatus> = new Set<BugStatus>([
  'New',
  'Incomplete',
  'Confirmed',
  'Triaged',
  'In Progress',
  'Deferred',
  'Fix Committed',
]);

export const RESOLVED: ReadonlySet<BugStatus> = new Set<BugStatus>([
  'Fix Released',
  'Opinion',
  'Invalid',
  "Won't Fix",
  'Expired',
  'Does Not Exist',
]);

const MILESTONES: readonly [keyof TaskDates, BugStatus][] = [
  ['dateConfirmed', 'Confirmed'],
  ['dateTriaged', 'Triaged'],
  ['dateInProgress', 'In Progress'],
  ['dateFixCommitted', 'Fix Committed'],
  ['dateFixReleased', 'Fix Released'],
];

export function statusRank(status: BugStatus): number {
  return RANK[status];
}

export function noDates(): TaskDates {
  return {
    dateAssigned: null,
    dateClosed: null,
    dateConfirmed: null,
    dateDeferred: null,
    dateFixCommitted: null,
    dateFixReleased: null,
    dateInProgress: null,
    dateIncomplete: null,
    dateLeftClosed: null,
    dateLeftNew: null,
    dateTriaged: null,
  };
}

/**
 * Sets a task's status and the dates that follow from it: reaching a status also fills the dates of those that were
 * skipped, falling back clears those ahead, and closing and reopening have dates of their own.
 */
export function applyStatus(task: BugTask, status: BugStatus, at: Micros): void {
  const before = RANK[task.status];
  const after = RANK[status];
  for (const [date, reached] of MILESTONES) {
    if (before < RANK[reached] && after >= RANK[reached] && status !== 'Unknown') task[date] = at;
    else if (after < RANK[reached]) task[date] = null;
  }
  if (task.status === 'New' && after > RANK.New) task.dateLeftNew = at;
  if (status === 'New') task.dateLeftNew = null;
  task.dateIncomplete = status === 'Incomplete' ? (task.dateIncomplete ?? at) : null;
  task.dateDeferred = status === 'Deferred' ? (task.dateDeferred ?? at) : null;
  if (!RESOLVED.has(task.status) && RESOLVED.has(status)) task.dateClosed = at;
  if (RESOLVED.has(task.status) && !RESOLVED.has(status)) {
    task.dateClosed = null;
    task.dateLeftClosed = at;
  }
  task.status = status;
}
