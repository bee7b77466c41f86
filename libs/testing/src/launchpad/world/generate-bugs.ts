import { type Bug, type BugStatus, type BugTask, type Importance } from './entities-bugs.js';
import { type Person } from './entities.js';
import { actors, beginnings, type GeneratorContext, later, paragraph, projects, teams, title } from './generator.js';
import { type Micros } from './time.js';

const TAGS = ['api', 'docs', 'regression', 'ui', 'performance', 'bitesize'];
const SOURCES = ['ubuntu/+source/linux', 'ubuntu/+source/bash', 'ubuntu'];
const STATUSES: readonly BugStatus[] = ['Incomplete', 'Confirmed', 'Triaged', 'In Progress', 'Fix Committed', 'Fix Released', 'Invalid', "Won't Fix", 'Opinion', 'New'];
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
      informationType: random.chance(0.05) ? random.pick(['Private', 'Private Security'] as const) : random.chance(0.05) ? 'Public Security' : 'Public',
      at,
    });
    let time = at;
    const changes = random.chance(0.1) ? random.between(10, 30) : random.between(0, 8);
    for (let change = 0; change < changes && time < context.until - 2; change += 1) {
      time = later(context, time);
      changeBug(context, bug, { by: random.chance(0.02) ? random.pick(groups) : random.pick(people), at: time });
    }
    if (i === Math.floor(count / 2)) world.bugs.comment(bug, '🦊é'.padEnd(MEGABYTE / 2, 'a megabyte of text, '), { by: random.pick(people), at: later(context, time) });
  }
}

type Act = { readonly by: Person; readonly at: Micros };

function changeBug(context: GeneratorContext, bug: Bug, act: Act): void {
  const { world, random } = context;
  const task = random.pick(bug.tasks);
  const dice = random.next();
  if (dice < 0.4) comment(context, bug, act);
  else if (dice < 0.62) changeStatus(context, task, act);
  else if (dice < 0.7) world.bugs.setImportance(task, random.pick(IMPORTANCES), act);
  else if (dice < 0.8) world.bugs.assign(task, random.chance(0.2) ? null : random.pick([...actors(context), ...teams(context)]), act);
  else if (dice < 0.83) world.bugs.setTags(bug, random.some(TAGS, random.between(0, 3)), act);
  else if (dice < 0.85) world.bugs.setTitle(bug, title(context), act);
  else if (dice < 0.87) world.bugs.setDescription(bug, paragraph(context), act);
  else if (dice < 0.89) setMilestone(context, task, act);
  else if (dice < 0.91) duplicate(context, bug, act);
  else if (dice < 0.93) addOrDeleteTask(context, bug, act);
  else if (dice < 0.95) world.bugs.subscribe(bug, random.pick(actors(context)), act);
  else if (dice < 0.96) world.bugs.setInformationType(bug, bug.informationType === 'Public' ? 'Private' : 'Public', act);
  else if (dice < 0.98) world.bugs.affects(bug, act.by);
  else world.bugs.record(bug, act, ...random.pick(OTHER_LINES));
}

function comment(context: GeneratorContext, bug: Bug, act: Act): void {
  const { world, random } = context;
  const message = world.bugs.comment(bug, paragraph(context), act);
  if (random.chance(0.03)) world.bugs.hideComment(message);
  else if (random.chance(0.03)) world.bugs.deleteComment(message, later(context, act.at));
  else if (random.chance(0.05)) world.bugs.editComment(message, paragraph(context), later(context, act.at));
}

function changeStatus({ world, random }: GeneratorContext, task: BugTask, act: Act): void {
  world.bugs.setStatus(task, random.pick(STATUSES), act);
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
