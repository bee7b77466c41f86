import type { BugActivityFields } from '../records/index.js';
import { namedPerson, withoutPeople } from '../text/people.js';
import { sha256 } from '../text/sha256.js';

/**
 * What identifies a row of a bug's activity, to which Launchpad gives no id: a hash of its time, of what changed and of
 * the values. Its 80 bits, in hexadecimal, need only tell the rows of one bug apart: in a million of them two share it by
 * chance with a probability below 10^-12. Rows that are the same have the same key, and are told apart by their order,
 * which never changes: rows are only ever added. No person is part of it, because a dictionary of names would find them.
 */
export function activityKey({ datechanged, whatchanged, oldvalue, newvalue }: BugActivityFields): string {
  const changed = whatchanged ?? '';
  const nameless = /: assignee$/.test(changed) ? (value: string | null | undefined) => namedPerson(value).who : withoutNames;
  const what = changed.replace(/^(removed subscriber) .*$/su, '$1');
  return sha256(JSON.stringify([datechanged, withoutPeople(what), nameless(oldvalue), nameless(newvalue)])).slice(0, 20);
}

function withoutNames(value: string | null | undefined): string | null {
  return value == null ? null : withoutPeople(value);
}
