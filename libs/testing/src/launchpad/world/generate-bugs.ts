import type { Bug, BugStatus, BugTask, Importance } from './entities-bugs.js';
import type { Person } from './entities.js';
import { actors, beginnings, type GeneratorContext, later, paragraph, projects, teams, title } from './generator.js';
import type { Micros } from './time.js';

const TAGS = ['api', 'docs', 'regression', 'ui', 'performance', 'bitesize'];
const SOURCES = ['ubuntu/+source/linux', 'ubuntu/+source/bash', 'ubuntu'];
const STATUSES: readonly BugStatus[] = [
  'Incomplete',
  'Confirmed',
  'Triaged',
  'In Progress',
  'Fix Committed',
  'Fix Released',
  'Invalid',
  "Won't Fix",
  'Opinion',
  'New',
];
const IMPORTANCES: readonly Importance[] = ['Wishlist', 'Low', 'Medium', 'High', 'Critical'];
/** Lines of activity that other parts of Launchpad leave; they say no more than that something was linked or attached. */
const OTHER_LINES: readonly (readonly [string, string | null, string | null])[] = [
  ['attachment added', null, 'log.txt https://bugs.example.com/+files/log.txt'],
  ['cve linked', null, '2026-1234'],
  ['linked merge proposal', null, 'https://code.example.com/+merge/1'],
  ['bug watch added', null, 'https://tracker.example.com/99'],
  ['nominated for series', null, 'Ubuntu Noble'],
];
const MEGABYTE = 1_048_576;

export function generateBugs(context: GeneratorContext, count: number): void {
  const { world, random } = context;
  const people = actors(context);
  const groups = teams(context);
  const targets = [...projects(context).map(({ name }) => name), ...SOURCES];
  for (const [i, at] of beginnings(context, count).entries()) {
    const bug = world.bugs.add({
      owner: random.chance(0.03) ? random.pick(groups) : random.pick(people),
      title: title(context),
      description: paragraph(context),
      targets: random.some(targets, random.pick([1, 1, 1, 2, 3])),
      tags: random.some(TAGS, random.between(0, 2)),
      informationType: random.chance(0.05)
        ? random.pick(['Private', 'Private Security'] as const)
        : random.chance(0.05)
          ? 'Public Security'
          : 'Public',
      at,
    });
    let time = at;
    const changes = random.chance(0.1) ? random.between(10, 30) : random.between(0, 8);
    for (let change = 0; change < changes && time < context.until - 2; change += 1) {
      time = later(context, time);
      changeBug(context, bug, { by: random.chance(0.02) ? random.pick(groups) : random.pick(people), at: time });
    }
    if (i === Math.floor(count / 2))
      world.bugs.comment(bug, '🦊é'.padEnd(MEGABYTE, 'a megabyte of text, '), {
        by: random.pick(people),
        at: later(context, time),
      });
  }
}

type Act = { readonly by: Person; readonly at: Micros };

type Change = (context: GeneratorContext, bug: Bug, task: BugTask, act: Act) => void;

/** What happens to bugs, and how often out of a hundred. */
const CHANGES: readonly (readonly [number, Change])[] = [
  [40, (context, bug, _task, act) => comment(context, bug, act)],
  [22, ({ world, random }, _bug, task, act) => world.bugs.setStatus(task, random.pick(STATUSES), act)],
  [8, ({ world, random }, _bug, task, act) => world.bugs.setImportance(task, random.pick(IMPORTANCES), act)],
  [10, (context, _bug, task, act) => assign(context, task, act)],
  [3, ({ world, random }, bug, _task, act) => world.bugs.setTags(bug, random.some(TAGS, random.between(0, 3)), act)],
  [2, (context, bug, _task, act) => context.world.bugs.setTitle(bug, title(context), act)],
  [2, (context, bug, _task, act) => context.world.bugs.setDescription(bug, paragraph(context), act)],
  [2, (context, _bug, task, act) => setMilestone(context, task, act)],
  [2, (context, bug, _task, act) => duplicate(context, bug, act)],
  [2, (context, bug, _task, act) => addOrDeleteTask(context, bug, act)],
  [2, (context, bug, _task, act) => context.world.bugs.subscribe(bug, context.random.pick(actors(context)), act)],
  [
    1,
    ({ world }, bug, _task, act) =>
      world.bugs.setInformationType(bug, bug.informationType === 'Public' ? 'Private' : 'Public', act),
  ],
  [2, ({ world }, bug, _task, act) => world.bugs.affects(bug, act.by)],
  [2, ({ world, random }, bug, _task, act) => world.bugs.record(bug, act, ...random.pick(OTHER_LINES))],
];

function changeBug(context: GeneratorContext, bug: Bug, act: Act): void {
  let dice = context.random.between(1, 100);
  for (const [share, change] of CHANGES) {
    dice -= share;
    if (dice > 0) continue;
    change(context, bug, context.random.pick(bug.tasks), act);
    return;
  }
}

function assign(context: GeneratorContext, task: BugTask, act: Act): void {
  const { world, random } = context;
  world.bugs.assign(task, random.chance(0.2) ? null : random.pick([...actors(context), ...teams(context)]), act);
}

function comment(context: GeneratorContext, bug: Bug, act: Act): void {
  const { world, random } = context;
  const message = world.bugs.comment(bug, paragraph(context), act);
  const dice = random.next();
  if (dice < 0.03) world.bugs.hideComment(message);
  else if (dice < 0.06) world.bugs.deleteComment(message, later(context, act.at));
  else if (dice < 0.11) world.bugs.editComment(message, paragraph(context), later(context, act.at));
}

function setMilestone({ world, random }: GeneratorContext, task: BugTask, act: Act): void {
  const { target } = task;
  if (target.type !== 'project' || target.milestones.length === 0) return;
  world.bugs.setMilestone(task, task.milestone === null ? random.pick(target.milestones) : null, act);
}

function duplicate({ world, random }: GeneratorContext, bug: Bug, act: Act): void {
  if (bug.duplicateOf !== null) {
    world.bugs.markDuplicate(bug, null, act);
    return;
  }
  const masters = world.bugs.all.slice(-50).filter((other) => other !== bug && other.duplicateOf === null);
  if (masters.length > 0 && bug.duplicates.length === 0) world.bugs.markDuplicate(bug, random.pick(masters), act);
}

function addOrDeleteTask(context: GeneratorContext, bug: Bug, act: Act): void {
  const { world, random } = context;
  const taken = new Set(bug.tasks.map(({ target }) => target));
  const free = projects(context).filter((project) => !taken.has(project));
  if (bug.tasks.length > 1 && random.chance(0.3)) world.bugs.deleteTask(random.pick(bug.tasks), act);
  else if (free.length > 0) world.bugs.addTask(bug, random.pick(free), act);
}
