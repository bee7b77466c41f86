import type { OperationParameters, Resource } from '@tributary/clients/launchpad';
import type { Unit } from '@tributary/etl';
import type { BugTaskFields } from '@tributary/transformers/launchpad';
import { latest, MINUTE, shift } from '../micros.js';
import { fields, lastPart, linkIn } from '../source/fields.js';
import { behalfOf, behalfPayload } from '../source/payload.js';
import type { Reader, Reading } from '../source/reading.js';
import { readKeyset } from './keyset-listing.js';

/** Without statuses Launchpad lists unresolved bugs only. */
const STATUSES = [
  'New',
  'Incomplete',
  'Opinion',
  'Invalid',
  "Won't Fix",
  'Expired',
  'Confirmed',
  'Triaged',
  'In Progress',
  'Deferred',
  'Fix Committed',
  'Fix Released',
  'Does Not Exist',
  'Unknown',
] as const;

const TASK_FIELDS = [
  'self_link',
  'bug_target_name',
  'status',
  'importance',
  'date_confirmed',
  'date_triaged',
  'date_in_progress',
  'date_fix_committed',
  'date_fix_released',
  'date_closed',
  'date_left_closed',
] as const;

/** By how much an incremental listing looks back behind its mark: clocks differ, and transactions end after they began. */
export const OVERLAP = 5n * MINUTE;

type Search = OperationParameters<'bugs.searchTasks'>;

/** Bugs that a person reported. */
export const readReportedBugs: Reader = (reading, cursor) => readBugs(reading, cursor, { bug_reporter: linkIn(reading.unit.payload, 'link') });

/** Bugs that a person commented on or changed. */
export const readCommentedBugs: Reader = (reading, cursor) => readBugs(reading, cursor, { bug_commenter: linkIn(reading.unit.payload, 'link') });

/** Bugs of a project, distribution or project group. */
export const readBugsIn: Reader = (reading, cursor) => readBugs(reading, cursor, {});

const readBugs = async (reading: Reading, cursor: Parameters<Reader>[1], leg: Search) => {
  const { launchpad, unit } = reading;
  const { payload } = unit;
  // A person's own searchTasks unites five searches, whose legs can't be told apart; that of all bugs is one search.
  const everywhere = leg.bug_reporter !== undefined || leg.bug_commenter !== undefined;
  const search = (parameters: Search, options: { signal: AbortSignal; cursor?: string }) =>
    everywhere
      ? launchpad.operation('bugs.searchTasks', launchpad.link('bugs'), parameters, options)
      : launchpad.operation('bug_target.searchTasks', linkIn(payload, 'link'), parameters, options);
  const page = await readKeyset(reading, cursor, {
    direction: 'ascending',
    pages: (bound, options) =>
      search(
        {
          ...leg,
          status: STATUSES,
          omit_duplicates: false,
          omit_targeted: false,
          // Strictly later: what changed in the first microsecond counts.
          modified_since: shift(modifiedFrom(reading), -1n),
          order_by: 'datecreated',
          ...(bound === undefined ? {} : { created_since: bound }),
        },
        options,
      ),
  });
  return { records: [], discovered: bugUnits(unit, page.entries), cursor: page.cursor };
};

function modifiedFrom({ context: { window, since } }: Reading): string {
  const marked = since === undefined ? undefined : shift(since, -OVERLAP);
  return latest([window.start, marked]) ?? window.start;
}

/** One unit for each bug, with those of its tasks that were listed. */
function bugUnits(unit: Unit, tasks: readonly Resource<'bug_task'>[]): readonly Unit[] {
  const behalf = behalfPayload(behalfOf(unit.payload));
  const bugs = new Map<string, Record<string, Unit['payload'][string]>>();
  for (const task of tasks) {
    const link = linkIn(task, 'bug_link');
    const payload = bugs.get(link) ?? { ...behalf, link };
    payload[`task:${task.self_link}`] = { ...fields<BugTaskFields>(task, TASK_FIELDS) };
    bugs.set(link, payload);
  }
  return [...bugs].map(([link, payload]) => ({
    key: `bug:${lastPart(link)}`,
    stage: 'visit',
    kind: 'bug',
    payload,
    subjects: unit.subjects,
  }));
}
