import { bodyOf, id, integer, MESSAGE, text, texts, wholeText, type EventDefinition, type Properties } from './definition.js';

const BUG: Properties = { bug_id: id('Id of the bug') };
const MESSAGE_OF_ROW = bodyOf('message', 'the remark that Launchpad keeps with the change');
const TARGET: Properties = { target: wholeText('What the task is about, as Launchpad names it: `firefox (Ubuntu)`') };
const LINK: Properties = {
  link: { enum: ['branch', 'merge_proposal', 'cve', 'bug_watch', 'attachment'], description: 'What was linked' },
  value: text('The branch without its owner, the id of the proposal or the attachment, the CVE, the address in the other tracker'),
};
const OWNER = { owner: 'Who owns the branch; null where its path names nobody' };

const row = (when: string, properties: Properties, required: readonly string[], people: EventDefinition['people'] = {}): EventDefinition => ({
  when,
  actor: '`person_link` of the activity',
  time: '`datechanged` of the activity',
  id: 'bug-{bug}-activity-{hash}',
  parent: 'bug-{bug}',
  properties: { ...BUG, ...properties, ...MESSAGE_OF_ROW },
  required: ['bug_id', ...required],
  people,
});

const lifecycle = (when: string, kind: string, field: string): EventDefinition => ({
  when,
  actor: '`person_link` of the activity; null when only the task’s date tells it',
  time: `\`datechanged\` of the activity, or \`${field}\` of the task`,
  id: `bug-{bug}-activity-{hash}-${kind}, or bug-{bug}-task-{target}-${kind}-{time}`,
  parent: 'bug-{bug}',
  properties: {
    ...BUG,
    ...TARGET,
    old: text('Status before; null when only the task’s date tells it'),
    new: text('Status after; null when it is not known'),
    read_from: { enum: ['activity', 'task'], description: 'Where Launchpad tells it' },
  },
  required: ['bug_id', 'target', 'old', 'new', 'read_from'],
  people: {},
});

const values = (what: string): Properties => ({ old: text(`${what} before`), new: text(`${what} after`) });
const CHANGED = ['old', 'new'];

export const BUG_EVENTS = {
  'bug.created': {
    when: 'A bug was reported',
    actor: '`owner_link` of the bug',
    time: '`date_created` of the bug',
    id: 'bug-{bug}-created',
    parent: 'bug-{bug}',
    properties: {
      ...BUG,
      title: text('Title as it is now'),
      tags: texts('Tags as they are now'),
      information_type: text('`Public`, `Private Security`, …'),
      heat: integer('Launchpad’s measure of interest'),
      duplicates: integer('Bugs that are marked as duplicates of it'),
      users_affected: integer('People who said that it affects them'),
      duplicate_of: integer('Bug of which it is a duplicate'),
      ...bodyOf('description', 'the description'),
    },
    required: ['bug_id'],
    people: {},
  },
  'bug.commented': {
    when: 'A message was added to a bug; the description, which is message 0, is none',
    actor: '`owner_link` of the message',
    time: '`date_created` of the message',
    id: 'bug-{bug}-comment-{index}',
    parent: 'bug-{bug}',
    properties: { ...BUG, index: id('Number of the message in the bug, as in its address'), subject: text('Subject'), ...MESSAGE },
    required: ['bug_id', 'index', 'deleted'],
    people: {},
  },
  'bug.status_changed': row('The status of a task changed', { ...TARGET, ...values('Status') }, ['target', ...CHANGED]),
  'bug.confirmed': lifecycle('A task became Confirmed', 'confirmed', 'date_confirmed'),
  'bug.triaged': lifecycle('A task became Triaged', 'triaged', 'date_triaged'),
  'bug.in_progress': lifecycle('A task became In Progress', 'in-progress', 'date_in_progress'),
  'bug.fix_committed': lifecycle('A task became Fix Committed', 'fix-committed', 'date_fix_committed'),
  'bug.fix_released': lifecycle('A task became Fix Released', 'fix-released', 'date_fix_released'),
  'bug.closed': lifecycle(
    'A task went from an open status to Fix Released, Invalid, Won’t Fix, Expired, Opinion or Does Not Exist',
    'closed',
    'date_closed',
  ),
  'bug.reopened': lifecycle('A task went from a closed status to an open one', 'reopened', 'date_left_closed'),
  'bug.assigned': row('A task was given to somebody', TARGET, ['target'], {
    assignee: 'Who it was given to; null when Launchpad’s text names nobody that can be found',
    previous_assignee: 'Who had it before',
  }),
  'bug.unassigned': row('A task was taken from somebody, and given to nobody', TARGET, ['target'], { previous_assignee: 'Who had it before' }),
  'bug.importance_changed': row('The importance of a task changed', { ...TARGET, ...values('Importance') }, ['target', ...CHANGED]),
  'bug.milestone_changed': row('The milestone of a task changed', { ...TARGET, ...values('Milestone') }, ['target', ...CHANGED]),
  'bug.tags_changed': row('Tags were added or removed', { added: texts('Tags added'), removed: texts('Tags removed') }, ['added', 'removed']),
  'bug.title_changed': row('The title changed', values('Title'), CHANGED),
  'bug.description_changed': row(
    'The description changed',
    { ...bodyOf('old', 'the description before'), ...bodyOf('new', 'the description after') },
    ['old_size', 'new_size'],
  ),
  'bug.duplicate_changed': row(
    'The bug was marked as a duplicate, or no longer',
    { old: text('Id of the bug that it was a duplicate of'), new: text('Id of the bug that it is a duplicate of') },
    CHANGED,
  ),
  'bug.information_type_changed': row('The information type changed', values('Information type'), CHANGED),
  'bug.linked': row('Something was linked or attached to the bug', { ...LINK, ...bodyOf('title', 'the title of the attachment') }, ['link', 'value'], OWNER),
  'bug.unlinked': row(
    'Something was unlinked or detached from the bug',
    { ...LINK, ...bodyOf('title', 'the title of the attachment') },
    ['link', 'value'],
    OWNER,
  ),
  'bug.task_added': row('The bug was said to affect one target more', { target: text('The target') }, ['target']),
  'bug.task_removed': row('The bug was said not to affect a target any more', { target: text('The target') }, ['target']),
  'bug.task_moved': row('A task was moved to another target', values('Target'), CHANGED),
  'bug.subscribed': row('Somebody was subscribed; Launchpad does not say who by name', {}, []),
  'bug.unsubscribed': row('Somebody was unsubscribed; Launchpad does not say who by name', {}, []),
  'bug.changed': row(
    'Anything else changed, also what this version does not know',
    {
      field: wholeText('What changed, in Launchpad’s words'),
      target: text('Target of the task, when it is of a task'),
      ...values('Value, for fields whose values are terms of Launchpad,'),
      ...bodyOf('old_text', 'the text before, for other fields'),
      ...bodyOf('new_text', 'the text after, for other fields'),
    },
    ['field'],
  ),
} as const satisfies Readonly<Record<string, EventDefinition>>;
