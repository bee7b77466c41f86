import { LAUNCHPAD_NOT_FOUND, LAUNCHPAD_REQUEST_REFUSED } from '@tributary/clients/launchpad';
import type { OperationParameters, PageCursor, PageOptions, Resource } from '@tributary/clients/launchpad';
import { isCodedError } from '@tributary/common';
import type { Json, Unit } from '@tributary/etl';
import type { BugTaskFields } from '@tributary/transformers/launchpad';
import { EPOCH, isFrom, isTime, latest, shift } from '../times.js';
import { mustBeFound } from '../resolve/found.js';
import { fields, lastPart, linkIn, textOf } from '../source/fields.js';
import { behalfOf, behalfPayload } from '../source/payload.js';
import { firstPage, toJson, type LaunchpadPage, type Reader, type Reading } from '../source/reading.js';
import type { KeysetCursor } from './keyset.js';
import { readKeyset } from './keyset-listing.js';
import { lookBack } from './look-back.js';

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

type Search = OperationParameters<'bugs.searchTasks'>;

/** Bugs that a person reported. */
export const readReportedBugs: Reader = (reading, cursor) => readBugsOf(reading, cursor, 'bug_reporter');

/** Bugs that a person commented on or changed. */
export const readCommentedBugs: Reader = (reading, cursor) => readBugsOf(reading, cursor, 'bug_commenter');

/** Bugs of a project, distribution or project group. */
export const readBugsIn: Reader = (reading, cursor) => readBugs(reading, cursor, {});

/** A search for somebody whose account is closed is refused like a wrong parameter; it is the person that is gone. */
async function readBugsOf(reading: Reading, cursor: Json | undefined, leg: 'bug_reporter' | 'bug_commenter'): Promise<LaunchpadPage> {
  const { launchpad, unit, context } = reading;
  const person = linkIn(unit.payload, 'link');
  try {
    return await readBugs(reading, cursor, { [leg]: person });
  } catch (error) {
    if (!isCodedError(error) || error.code !== LAUNCHPAD_REQUEST_REFUSED.code) throw error;
    mustBeFound(await launchpad.find('person', person, { signal: context.signal }), person, () => LAUNCHPAD_NOT_FOUND({ url: person, outcome: 'private' }));
    throw error;
  }
}

/** Where a listing goes on: by date, and then once more for what has none. JSON, for the ledger. */
type BugsCursor = KeysetCursor | { readonly undated: { readonly at?: PageCursor } };

async function readBugs(reading: Reading, cursor: Json | undefined, leg: Search): Promise<LaunchpadPage> {
  const { unit } = reading;
  const state = cursor as BugsCursor | undefined;
  if (state !== undefined && 'undated' in state) return readUndated(reading, state.undated, leg);
  const page = await readKeyset(reading, cursor, {
    direction: 'ascending',
    pages: (bound, options) => search(reading, { ...leg, order_by: 'datecreated', ...(bound === undefined ? {} : { created_since: bound }) }, options),
  });
  const undated = cursor === undefined ? undefined : { undated: {} };
  return { records: [], discovered: bugUnits(unit, page.entries), cursor: page.cursor ?? undated };
}

/**
 * Tasks of the first years may have no date. A bound excludes them, so a listing of several pages has lost them; in
 * descending order they come before all others.
 */
async function readUndated(reading: Reading, { at }: { readonly at?: PageCursor }, leg: Search): Promise<LaunchpadPage> {
  const options = { signal: reading.context.signal, pageSize: 75, ...(at === undefined ? {} : { cursor: at }) };
  const page = await firstPage(search(reading, { ...leg, order_by: '-datecreated' }, options));
  const undated = page.entries.filter(({ date_created: date }) => !isTime(textOf(date)));
  const more = page.cursor !== undefined && undated.length === page.entries.length;
  return { records: [], discovered: bugUnits(reading.unit, undated), cursor: more ? toJson({ undated: { at: page.cursor } }) : undefined };
}

function search(reading: Reading, more: Search, options: PageOptions) {
  const { launchpad, unit } = reading;
  const parameters: Search = { ...more, status: STATUSES, omit_duplicates: false, omit_targeted: false, ...modifiedSince(reading) };
  // A person's own searchTasks unites five searches, whose legs can't be told apart; that of all bugs is one search.
  const everywhere = more.bug_reporter !== undefined || more.bug_commenter !== undefined;
  return everywhere
    ? launchpad.operation('bugs.searchTasks', launchpad.link('bugs'), parameters, options)
    : launchpad.operation('bug_target.searchTasks', linkIn(unit.payload, 'link'), parameters, options);
}

function modifiedSince({ unit, context: { window, since } }: Reading): Pick<Search, 'modified_since'> {
  const from = latest([window.start, lookBack(since, unit)]) ?? window.start;
  // Strictly later: what changed in the first microsecond counts. Before there were computers nothing has, nor is there a year 0.
  return isFrom(from, EPOCH) ? { modified_since: shift(from, -1n) } : {};
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
