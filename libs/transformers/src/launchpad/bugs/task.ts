import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from '../draft.js';
import type { BugActivityFields, BugTaskRecord } from '../records/index.js';
import { pathOf, withoutOwner } from '../text/links.js';
import { compactTime, microseconds } from '../text/time.js';
import { CLOSE, LIFECYCLE, REOPEN, mayClose, mayReopen, passes, type StatusChange } from './status.js';

/** Launchpad takes the time of a task's date and of the row about it one after the other, in one request. */
const TOLERANCE_MICROSECONDS = 60_000_000n;

interface Change extends StatusChange {
  readonly at: bigint;
}

/**
 * What the dates of a task tell and no row of the activity does, by nobody that is known. A row accounts for a date when
 * it is a change of status of the same task, at most 60 s away from it, of a kind at which Launchpad sets that date.
 * Dates that were set at the very same moment are one change: of the statuses that were passed the furthest counts.
 */
export function bugTaskEvents({ bug, task, activity }: BugTaskRecord): readonly EventDraft[] {
  const parentId = `bug-${bug}`;
  const check = checked(`${parentId}, a task`);
  check.number('self_link', task.self_link, '+bug', bug);
  const timeOf = (field: string, time: string): bigint => microseconds(check.time(field, time)) ?? 0n;
  const target = task.bug_target_name ?? targetIn(task.self_link);
  const names = namesOf(target, activity, (row) => timeOf('datechanged', row.datechanged));
  const changes = activity
    .filter(({ whatchanged }) => names.has(/^(.+): status$/su.exec(whatchanged ?? '')?.[1] ?? ''))
    .map((row): Change => ({ at: timeOf('datechanged', row.datechanged), old: row.oldvalue ?? null, new: row.newvalue ?? null }));
  const untold = (field: string, time: string | null | undefined, sets: (change: Change) => boolean): time is string => {
    if (time == null) return false;
    const at = timeOf(field, time);
    return !changes.some((change) => distance(change.at, at) <= TOLERANCE_MICROSECONDS && sets(change));
  };
  const reached = LIFECYCLE.map((stage) => ({ ...stage, time: task[stage.date] }))
    .filter((stage): stage is typeof stage & { time: string } => untold(stage.date, stage.time, (change) => passes(change, stage.status)))
    .filter(({ time }, index, all) => !all.slice(index + 1).some((later) => later.time === time));
  const turns = [
    { ...CLOSE, status: null, time: task.date_closed, sets: mayClose },
    { ...REOPEN, status: null, time: task.date_left_closed, sets: mayReopen },
  ].filter((turn): turn is typeof turn & { time: string } => untold(turn.date, turn.time, turn.sets));
  const first = slug([...names].at(-1) ?? target);
  return [...reached, ...turns].map(({ type, kind, status, time }) =>
    check.event({
      type,
      id: `${parentId}-task-${first}-${kind}-${compactTime(time)}`,
      parentId,
      time,
      actor: null,
      properties: { bug_id: bug, target, old: null, new: status, read_from: 'task' },
    }),
  );
}

/** What a task is on by its link, which is there even if its name isn't. */
function targetIn(link: string): string {
  return withoutOwner((pathOf(link) ?? link).replace(/\/\+bug\/.*$/su, '')).path;
}

/** The names that a task has had, from the present one back: a task that is moved keeps its dates, and its rows the old name. */
function namesOf(current: string, activity: readonly BugActivityFields[], at: (row: BugActivityFields) => bigint): ReadonlySet<string> {
  const moves = activity.filter(({ whatchanged }) => whatchanged === 'affects').map((row) => ({ ...row, at: at(row) }));
  const names = new Set([current]);
  let name = current;
  for (const move of moves.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))) {
    if (move.newvalue !== name || move.oldvalue == null) continue;
    name = move.oldvalue;
    names.delete(name);
    names.add(name);
  }
  return names;
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}

function slug(target: string): string {
  return target.toLowerCase().replace(/[^a-z0-9/+.-]+/g, '_').replace(/_$/, '');
}
