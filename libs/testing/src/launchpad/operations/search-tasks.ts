import { badRequest } from '../http-problem.js';
import type { View } from '../representation/view.js';
import { placeOf } from '../world/code.js';
import { type Bug, type BugTask, IMPORTANCES } from '../world/entities-bugs.js';
import type { BugTarget, DistroSeries, Milestone, Person, Pillar } from '../world/entities.js';
import { statusRank, UNRESOLVED } from '../world/task-status.js';
import { targetName } from '../world/bugs.js';
import type { Parameters } from './parameters.js';

type Test = (task: BugTask) => boolean;

/** What tasks are searched in: undefined is everything. */
export type TaskScope = Person | Pillar | BugTarget | DistroSeries | Milestone | undefined;

/** Tasks that match all of the given parameters, in order. One row per task, so a bug can come several times. */
export function searchTasks(scope: TaskScope, parameters: Parameters, view: View): readonly BugTask[] {
  const tests: Test[] = [...filters(parameters, view), ...scopeTests(scope, parameters)];
  const found = view.world.bugs.tasks.filter((task) => tests.every((test) => test(task)));
  return found.sort(ordering(parameters.texts('order_by')));
}

/** The five ways of having to do with a bug; a search on a person is the union of those that are open. */
const LEGS: readonly { parameters: readonly string[]; test: (task: BugTask, person: Person) => boolean }[] = [
  { parameters: ['assignee'], test: (task, person) => task.assignee === person },
  { parameters: ['bug_subscriber'], test: (task, person) => task.bug.subscribers.has(person) },
  { parameters: ['owner', 'bug_reporter'], test: (task, person) => task.owner === person && task.bug.owner === person },
  { parameters: ['bug_commenter'], test: (task, person) => task.bug.commenters.has(person) },
  { parameters: ['structural_subscriber'], test: () => false },
];

function scopeTests(scope: TaskScope, parameters: Parameters): Test[] {
  if (scope === undefined) return [];
  switch (scope.type) {
    case 'person':
    case 'team': {
      // Asking about another person in one of the ways closes that way.
      const open = LEGS.filter((leg) =>
        leg.parameters.every((name) => !parameters.has(name) || parameters.entity(name) === scope),
      );
      return [(task) => open.some((leg) => leg.test(task, scope))];
    }
    case 'project':
    case 'distribution_source_package':
      return [(task) => task.target === scope];
    case 'distribution':
      return [
        ({ target }) =>
          target === scope || (target.type === 'distribution_source_package' && target.distribution === scope),
      ];
    case 'project_group':
      return [({ target }) => target.type === 'project' && target.group === scope];
    case 'milestone':
      return [(task) => task.milestone === scope];
    case 'distro_series':
      return [() => false];
  }
}

function filters(parameters: Parameters, view: View): Test[] {
  const tests: Test[] = [];
  const statuses = parameters.texts('status');
  const wanted: ReadonlySet<string> =
    statuses === undefined ? UNRESOLVED : new Set(statuses.map((status) => status.replace(/ \(with.*$/, '')));
  tests.push((task) => wanted.has(task.status));

  const importances = parameters.texts('importance');
  if (importances !== undefined) tests.push((task) => importances.includes(task.importance));
  const kinds = parameters.texts('information_type');
  if (kinds !== undefined) tests.push((task) => kinds.includes(task.bug.informationType));
  if (parameters.flag('omit_duplicates') ?? true) tests.push((task) => task.bug.duplicateOf === null);

  const modified = parameters.time('modified_since');
  if (modified !== undefined) tests.push((task) => task.bug.dateLastUpdated > modified);
  const since = parameters.time('created_since');
  if (since !== undefined) tests.push((task) => task.dateCreated > since);
  const before = parameters.time('created_before');
  if (before !== undefined) tests.push((task) => task.dateCreated < before);

  const milestone = parameters.entity('milestone');
  if (milestone !== undefined) tests.push((task) => task.milestone === milestone);
  const text = parameters.text('search_text')?.toLowerCase();
  if (text !== undefined) tests.push(({ bug }) => `${bug.title}\n${bug.description}`.toLowerCase().includes(text));
  const tags = tagTest(parameters);
  if (tags !== undefined) tests.push(({ bug }) => tags(bug));
  const branches = parameters.text('linked_branches');
  if (branches !== undefined && branches !== 'Show all bugs') {
    const linked = !branches.includes('without');
    tests.push(({ bug }) => bug.proposals.some((proposal) => view.sees(placeOf(proposal.source))) === linked);
  }
  tests.push(...personTests(parameters));
  return tests;
}

function personTests(parameters: Parameters): Test[] {
  const tests: Test[] = [];
  const about = (name: string, test: (task: BugTask, person: Person) => boolean) => {
    const person = parameters.entity(name);
    if (person?.type === 'person' || person?.type === 'team') tests.push((task) => test(task, person));
  };
  about('assignee', (task, person) => task.assignee === person);
  about('bug_reporter', (task, person) => task.bug.owner === person);
  about('owner', (task, person) => task.owner === person);
  about('bug_commenter', (task, person) => task.bug.commenters.has(person));
  about('bug_subscriber', (task, person) => task.bug.subscribers.has(person));
  about('affected_user', (task, person) => task.bug.affected.has(person));
  about('bug_supervisor', ({ target }, person) => 'bugSupervisor' in target && target.bugSupervisor === person);
  about('structural_subscriber', () => false);
  return tests;
}

function tagTest(parameters: Parameters): ((bug: Bug) => boolean) | undefined {
  const tags = parameters.texts('tags');
  if (tags === undefined) return undefined;
  const has = (bug: Bug, tag: string) =>
    tag === '*' ? bug.tags.length > 0 : tag.startsWith('-') ? !bug.tags.includes(tag.slice(1)) : bug.tags.includes(tag);
  return parameters.text('tags_combinator') === 'All'
    ? (bug) => tags.every((tag) => has(bug, tag))
    : (bug) => tags.some((tag) => has(bug, tag));
}

type Key = (task: BugTask) => number | string;

const ORDERS: Readonly<Record<string, Key>> = {
  id: ({ bug }) => bug.id,
  task: ({ id }) => id,
  importance: ({ importance }) => IMPORTANCES.indexOf(importance),
  status: ({ status }) => statusRank(status),
  title: ({ bug }) => bug.title,
  targetname: ({ target }) => targetName(target),
  heat: ({ bug }) => bug.heat,
  datecreated: ({ dateCreated }) => dateCreated,
  date_last_updated: ({ bug }) => bug.dateLastUpdated,
  date_closed: ({ dateClosed }) => dateClosed ?? 0,
  dateassigned: ({ dateAssigned }) => dateAssigned ?? 0,
  assignee: ({ assignee }) => assignee?.name ?? '',
  reporter: ({ bug }) => bug.owner.name,
  milestone: ({ milestone }) => milestone?.name ?? '',
  number_of_duplicates: ({ bug }) => bug.duplicates.length,
  message_count: ({ bug }) => bug.messages.length,
  users_affected_count: ({ bug }) => bug.affected.size,
};

function ordering(orderBy: readonly string[] | undefined): (a: BugTask, b: BugTask) => number {
  const keys = (orderBy ?? ['-importance']).map((name) => {
    const key = ORDERS[name.replace(/^-/, '')];
    if (key === undefined) throw badRequest(`Unrecognized order_by: '${name}'`);
    return { key, sign: name.startsWith('-') ? -1 : 1 };
  });
  return (a, b) => {
    for (const { key, sign } of keys) {
      const left = key(a);
      const right = key(b);
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.bug.id - b.bug.id || a.id - b.id;
  };
}
