import type { EventType } from '../catalogue/index.js';
import type { BugActivityFields } from '../records/index.js';
import { body } from '../text/bodies.js';
import { withoutOwner } from '../text/links.js';
import { namedPerson, withoutPeople } from '../text/people.js';

/** What a row of the activity says, without who and when. */
export interface Change {
  readonly type: EventType;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly people?: Readonly<Record<string, string | null>>;
}

type Row = BugActivityFields;

/** Fields of `bug.changed` whose values are terms of Launchpad; the values of others are texts that people may have written. */
const TERMS = new Set([
  'private',
  'visibility',
  'security vulnerability',
  'security related',
  'lock status',
  'converted to question',
  'nominated for series',
  'bug task watch updated',
]);

const values = ({ oldvalue, newvalue }: Row): Record<string, unknown> => ({ old: oldvalue ?? null, new: newvalue ?? null });

/** Reads a row; undefined for the one that says that the bug was reported, which `bug.created` tells. */
export function changeOf(row: Row, bodies: boolean): Change | undefined {
  const { message } = row;
  const whatchanged = row.whatchanged ?? '';
  if (whatchanged === 'bug' && message === 'added bug') return undefined;
  const [, target, attribute] = /^(.+): ([^:]+)$/su.exec(whatchanged) ?? [];
  if (target !== undefined && attribute !== undefined) return taskChange(target, attribute, row, bodies);
  return bugChange(row, bodies) ?? otherChange(whatchanged, row, bodies);
}

function taskChange(target: string, attribute: string, row: Row, bodies: boolean): Change {
  switch (attribute) {
    case 'status':
      return { type: 'bug.status_changed', properties: { target, ...values(row) } };
    case 'importance':
      return { type: 'bug.importance_changed', properties: { target, ...values(row) } };
    case 'milestone':
      return { type: 'bug.milestone_changed', properties: { target, ...values(row) } };
    case 'assignee':
      return assignment(target, row);
    default:
      return otherChange(attribute, row, bodies, withoutPeople(target));
  }
}

function assignment(target: string, { oldvalue, newvalue }: Row): Change {
  const before = namedPerson(oldvalue);
  const after = namedPerson(newvalue);
  const previous_assignee = before.who === 'person' ? before.name : null;
  if (after.who === 'nobody') return { type: 'bug.unassigned', properties: { target }, people: { previous_assignee } };
  return { type: 'bug.assigned', properties: { target }, people: { assignee: after.who === 'person' ? after.name : null, previous_assignee } };
}

function bugChange(row: Row, bodies: boolean): Change | undefined {
  const { whatchanged, oldvalue, newvalue } = row;
  switch (whatchanged) {
    case 'summary':
    case 'title':
      return { type: 'bug.title_changed', properties: values(row) };
    case 'description':
      return {
        type: 'bug.description_changed',
        properties: { ...body('old', oldvalue ?? null, bodies), ...body('new', newvalue ?? null, bodies) },
      };
    case 'tags':
      return { type: 'bug.tags_changed', properties: { added: without(newvalue, oldvalue), removed: without(oldvalue, newvalue) } };
    case 'information type':
      return { type: 'bug.information_type_changed', properties: values(row) };
    case 'marked as duplicate':
    case 'changed duplicate marker':
    case 'removed duplicate marker':
      return { type: 'bug.duplicate_changed', properties: values(row) };
    case 'affects':
      return { type: 'bug.task_moved', properties: values(row) };
    case 'bug task added':
      return { type: 'bug.task_added', properties: { target: newvalue ?? null } };
    case 'bug task deleted':
      return { type: 'bug.task_removed', properties: { target: oldvalue ?? null } };
    default:
      return linkChange(row, bodies) ?? subscription(row);
  }
}

function without(tags: string | null | undefined, others: string | null | undefined): string[] {
  const split = (text: string | null | undefined): string[] => (text ?? '').split(/\s+/u).filter((tag) => tag !== '');
  const left = new Set(split(others));
  return [...new Set(split(tags))].filter((tag) => !left.has(tag)).sort();
}

function linkChange({ whatchanged, oldvalue, newvalue }: Row, bodies: boolean): Change | undefined {
  const [, what, how] = /^(branch|merge proposal|cve|bug watch|attachment) (linked|unlinked|added|removed)$/u.exec(whatchanged ?? '') ?? [];
  if (what === undefined) return undefined;
  const linked = how === 'linked' || how === 'added';
  const type = linked ? 'bug.linked' : 'bug.unlinked';
  const value = (linked ? newvalue : oldvalue) ?? null;
  const link = what.replace(' ', '_');
  const owner = (name: string | null): { people: Record<string, string | null> } => ({ people: { owner: name } });
  if (link === 'branch') {
    const branch = withoutOwner((value ?? '').replace(/^lp:/u, ''));
    return { type, properties: { link, value: value === null ? null : withoutPeople(branch.path) }, ...owner(branch.owner) };
  }
  if (link === 'merge_proposal') {
    const [, number] = /\/\+merge\/(\d+)/u.exec(value ?? '') ?? [];
    const [, name = null] = /\/~([^/]+)\//u.exec(value ?? '') ?? [];
    return { type, properties: { link, value: number === undefined ? null : `mp-${number}` }, ...owner(name) };
  }
  if (link === 'attachment') {
    const [, title = value, number = null] = /^(.*) \S*\/\+attachment\/(\d+)\S*$/su.exec(value ?? '') ?? [];
    return { type, properties: { link, value: number, ...body('title', title, bodies) }, ...owner(null) };
  }
  return { type, properties: { link, value: value === null ? null : withoutPeople(value) }, ...owner(null) };
}

/** Launchpad writes who it was by the display name, which is nobody's Launchpad name and stands nowhere in the event. */
function subscription({ whatchanged, message }: Row): Change | undefined {
  const [, how] = /^(added|removed) subscriber /u.exec((whatchanged === 'bug' ? message : whatchanged) ?? '') ?? [];
  if (how === undefined) return undefined;
  return { type: how === 'added' ? 'bug.subscribed' : 'bug.unsubscribed', properties: {} };
}

function otherChange(field: string, row: Row, bodies: boolean, target?: string): Change {
  const known = TERMS.has(field);
  return {
    type: 'bug.changed',
    properties: {
      field: withoutPeople(field),
      target,
      ...(known ? values(row) : { ...body('old_text', row.oldvalue ?? null, bodies), ...body('new_text', row.newvalue ?? null, bodies) }),
    },
  };
}
