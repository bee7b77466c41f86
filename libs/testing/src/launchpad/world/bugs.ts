import type { Core, When } from './core.js';
import type { Bug, BugMessage, BugStatus, BugTask, Importance, InformationType } from './entities-bugs.js';
import type { BugTarget, Milestone, Person } from './entities.js';
import { type People, repointFields, type Who } from './people.js';
import type { Pillars } from './pillars.js';
import { applyStatus, noDates } from './task-status.js';
import type { Micros } from './time.js';

export interface NewBug {
  readonly owner: Who;
  readonly title: string;
  readonly description?: string;
  /** Paths: `tributary`, `ubuntu/+source/linux`. At least one. */
  readonly targets: readonly (string | BugTarget)[];
  readonly tags?: readonly string[];
  readonly informationType?: InformationType;
  readonly at?: When;
}

/** Who changes something, and when. */
export interface Act {
  readonly by: Who;
  readonly at?: When;
}

export type BugId = number | Bug;

export class Bugs {
  readonly all: Bug[] = [];
  readonly tasks: BugTask[] = [];
  readonly #core: Core;
  readonly #people: People;
  readonly #pillars: Pillars;
  readonly #byId = new Map<number, Bug>();

  constructor(core: Core, people: People, pillars: Pillars) {
    this.#core = core;
    this.#people = people;
    this.#pillars = pillars;
  }

  add(details: NewBug): Bug {
    const owner = this.#people.get(details.owner);
    const at = this.#core.at(details.at);
    const bug: Bug = {
      type: 'bug',
      id: this.#core.number('bug'),
      owner,
      title: details.title,
      description: details.description ?? details.title,
      informationType: details.informationType ?? 'Public',
      tags: [...(details.tags ?? [])].sort(),
      heat: 6,
      dateCreated: at,
      dateLastUpdated: at,
      dateLastMessage: at,
      dateMadePrivate: null,
      whoMadePrivate: null,
      duplicateOf: null,
      duplicates: [],
      tasks: [],
      activity: [],
      messages: [],
      subscribers: new Set([owner]),
      affected: new Set([owner]),
      commenters: new Set(),
      proposals: [],
    };
    if (isPrivate(bug)) Object.assign(bug, { dateMadePrivate: at, whoMadePrivate: owner });
    this.all.push(bug);
    this.#byId.set(bug.id, bug);
    this.#message(bug, owner, bug.description, at);
    for (const target of details.targets) this.#task(bug, target, owner, at);
    this.#log(bug, owner, at, 'bug', null, null, 'added bug');
    return bug;
  }

  find(id: number): Bug | undefined {
    return this.#byId.get(id);
  }

  /** @throws RangeError when there is none */
  get(id: BugId): Bug {
    const bug = typeof id === 'number' ? this.#byId.get(id) : id;
    if (bug === undefined) throw new RangeError('There is no such bug');
    return bug;
  }

  /** The bug's task on a target, or its first. @throws RangeError when there is none */
  task(id: BugId, target?: string | BugTarget): BugTask {
    const { tasks } = this.get(id);
    const wanted = target === undefined ? undefined : this.#pillars.target(target);
    const task = wanted === undefined ? tasks[0] : tasks.find((one) => one.target === wanted);
    if (task === undefined) throw new RangeError('The bug has no such task');
    return task;
  }

  addTask(id: BugId, target: string | BugTarget, act: Act): BugTask {
    const bug = this.get(id);
    const at = this.#core.at(act.at);
    const task = this.#task(bug, target, this.#people.get(act.by), at);
    this.#change(bug, act.by, at, 'bug task added', null, targetName(task.target));
    return task;
  }

  /** Removes a task. Unlike other changes this does not move `date_last_updated`. */
  deleteTask(task: BugTask, act: Act): void {
    const at = this.#core.at(act.at);
    task.bug.tasks.splice(task.bug.tasks.indexOf(task), 1);
    this.tasks.splice(this.tasks.indexOf(task), 1);
    this.#log(task.bug, this.#people.get(act.by), at, 'bug task deleted', targetName(task.target), null);
  }

  comment(id: BugId, content: string, act: Act & { visible?: boolean }): BugMessage {
    const bug = this.get(id);
    const by = this.#people.get(act.by);
    const at = this.#core.at(act.at);
    const message = this.#message(bug, by, content, at);
    message.visible = act.visible ?? true;
    bug.commenters.add(by);
    moveTo(bug, at);
    return message;
  }

  /** Hides a comment from everybody but administrators; nothing else moves. */
  hideComment(message: BugMessage, visible = false): void {
    this.#core.touch();
    message.visible = visible;
  }

  /** Empties a comment; its row stays. */
  deleteComment(message: BugMessage, at?: When): void {
    message.dateDeleted = this.#core.at(at);
    message.content = '';
  }

  editComment(message: BugMessage, content: string, at?: When): void {
    message.dateLastEdited = this.#core.at(at);
    message.content = content;
  }

  setStatus(task: BugTask, status: BugStatus, act: Act): void {
    if (task.status === status) return;
    const at = this.#core.at(act.at);
    const before = task.status;
    applyStatus(task, status, at);
    this.#change(task.bug, act.by, at, `${targetName(task.target)}: status`, before, status);
  }

  setImportance(task: BugTask, importance: Importance, act: Act): void {
    if (task.importance === importance) return;
    const at = this.#core.at(act.at);
    const before = task.importance;
    task.importance = importance;
    this.#change(task.bug, act.by, at, `${targetName(task.target)}: importance`, before, importance);
  }

  assign(task: BugTask, assignee: Who | null, act: Act): void {
    const person = assignee === null ? null : this.#people.get(assignee);
    if (task.assignee === person) return;
    const at = this.#core.at(act.at);
    const before = task.assignee;
    task.assignee = person;
    task.dateAssigned = person === null ? null : at;
    this.#change(task.bug, act.by, at, `${targetName(task.target)}: assignee`, uniqueName(before), uniqueName(person));
  }

  setMilestone(task: BugTask, milestone: Milestone | null, act: Act): void {
    const at = this.#core.at(act.at);
    const before = task.milestone;
    task.milestone = milestone;
    this.#change(
      task.bug,
      act.by,
      at,
      `${targetName(task.target)}: milestone`,
      before?.name ?? null,
      milestone?.name ?? null,
    );
  }

  setTags(id: BugId, tags: readonly string[], act: Act): void {
    const bug = this.get(id);
    const at = this.#core.at(act.at);
    const before = bug.tags.join(' ');
    bug.tags = [...tags].sort();
    this.#change(bug, act.by, at, 'tags', before, bug.tags.join(' '));
  }

  setTitle(id: BugId, title: string, act: Act): void {
    const bug = this.get(id);
    const at = this.#core.at(act.at);
    const before = bug.title;
    bug.title = title;
    this.#change(bug, act.by, at, 'summary', before, title);
  }

  setDescription(id: BugId, description: string, act: Act): void {
    const bug = this.get(id);
    const at = this.#core.at(act.at);
    const before = bug.description;
    bug.description = description;
    this.#change(bug, act.by, at, 'description', before, description);
  }

  /** Makes a bug private, public, or anything between. */
  setInformationType(id: BugId, informationType: InformationType, act: Act): void {
    const bug = this.get(id);
    const at = this.#core.at(act.at);
    const before = bug.informationType;
    const wasPrivate = isPrivate(bug);
    bug.informationType = informationType;
    if (isPrivate(bug) !== wasPrivate) {
      bug.dateMadePrivate = wasPrivate ? null : at;
      bug.whoMadePrivate = wasPrivate ? null : this.#people.get(act.by);
    }
    this.#change(bug, act.by, at, 'information type', before, informationType);
  }

  markDuplicate(id: BugId, of: BugId | null, act: Act): void {
    const bug = this.get(id);
    const master = of === null ? null : this.get(of);
    const at = this.#core.at(act.at);
    const before = bug.duplicateOf;
    if (before !== null) before.duplicates.splice(before.duplicates.indexOf(bug), 1);
    bug.duplicateOf = master;
    master?.duplicates.push(bug);
    const what =
      before === null
        ? 'marked as duplicate'
        : master === null
          ? 'removed duplicate marker'
          : 'changed duplicate marker';
    this.#change(
      bug,
      act.by,
      at,
      what,
      before === null ? null : String(before.id),
      master === null ? null : String(master.id),
    );
  }

  subscribe(id: BugId, who: Who, act: Act): void {
    const bug = this.get(id);
    const person = this.#people.get(who);
    const at = this.#core.at(act.at);
    bug.subscribers.add(person);
    this.#log(bug, this.#people.get(act.by), at, 'bug', null, null, `added subscriber ${person.displayName}`);
  }

  affects(id: BugId, who: Who): void {
    this.#core.touch();
    this.get(id).affected.add(this.#people.get(who));
  }

  /** A line of activity of any other form, with the effects of a change. */
  record(id: BugId, act: Act, whatChanged: string, oldValue: string | null, newValue: string | null): void {
    this.#change(this.get(id), act.by, this.#core.at(act.at), whatChanged, oldValue, newValue);
  }

  /** Moves `date_last_updated` and nothing else, as an edit does that leaves no trace in the API. */
  touch(id: BugId, at?: When): void {
    moveTo(this.get(id), this.#core.at(at));
  }

  /** Takes a bug away altogether, as if it had never been. */
  remove(id: BugId): void {
    this.#core.touch();
    const bug = this.get(id);
    this.#byId.delete(bug.id);
    this.all.splice(this.all.indexOf(bug), 1);
    for (const task of bug.tasks) this.tasks.splice(this.tasks.indexOf(task), 1);
  }

  repoint(from: Person, to: Person): void {
    repointFields(this.all, ['owner', 'whoMadePrivate', 'subscribers', 'affected', 'commenters'], from, to);
    repointFields(this.tasks, ['owner', 'assignee'], from, to);
    repointFields(
      this.all.flatMap((bug) => bug.activity),
      ['person'],
      from,
      to,
    );
    repointFields(
      this.all.flatMap((bug) => bug.messages),
      ['owner'],
      from,
      to,
    );
  }

  #task(bug: Bug, target: string | BugTarget, owner: Person, at: Micros): BugTask {
    const task: BugTask = {
      type: 'bug_task',
      id: this.#core.number('bug_task'),
      bug,
      target: this.#pillars.target(target),
      owner,
      status: 'New',
      importance: 'Undecided',
      assignee: null,
      milestone: null,
      dateCreated: at,
      ...noDates(),
    };
    bug.tasks.push(task);
    this.tasks.push(task);
    return task;
  }

  #message(bug: Bug, owner: Person, content: string, at: Micros): BugMessage {
    const message: BugMessage = {
      type: 'message',
      bug,
      index: bug.messages.length,
      owner,
      subject: bug.messages.length === 0 ? bug.title : `Re: ${bug.title}`,
      content,
      visible: true,
      dateCreated: at,
      dateLastEdited: null,
      dateDeleted: null,
    };
    bug.messages.push(message);
    bug.dateLastMessage = Math.max(bug.dateLastMessage ?? at, at);
    return message;
  }

  #change(bug: Bug, who: Who, at: Micros, whatChanged: string, oldValue: string | null, newValue: string | null): void {
    this.#log(bug, this.#people.get(who), at, whatChanged, oldValue, newValue);
    moveTo(bug, at);
  }

  #log(
    bug: Bug,
    person: Person,
    at: Micros,
    whatChanged: string,
    oldValue: string | null,
    newValue: string | null,
    message: string | null = null,
  ): void {
    bug.activity.push({
      type: 'bug_activity',
      id: this.#core.number('bug_activity'),
      bug,
      person,
      dateChanged: at,
      whatChanged,
      oldValue,
      newValue,
      message,
    });
    bug.commenters.add(person);
  }
}

function moveTo(bug: Bug, at: Micros): void {
  bug.dateLastUpdated = Math.max(bug.dateLastUpdated, at);
}

/** How activity names a task's target: `tributary`, `linux (Ubuntu)`. */
export function targetName(target: BugTarget): string {
  return target.type === 'distribution_source_package'
    ? `${target.name} (${target.distribution.displayName})`
    : target.name;
}

export function isPrivate(bug: Bug): boolean {
  return bug.informationType !== 'Public' && bug.informationType !== 'Public Security';
}

function uniqueName(person: Person | null): string | null {
  return person === null ? null : `${person.displayName} (${person.name})`;
}
