import type { Core, When } from './core.js';
import type { Person, Project, Specification } from './entities.js';
import { type People, repointFields, type Who } from './people.js';
import type { Pillars } from './pillars.js';

const STARTED: ReadonlySet<string> = new Set([
  'Started',
  'Slow progress',
  'Good progress',
  'Beta Available',
  'Needs Code Review',
  'Deployment',
]);

export class Blueprints {
  readonly all: Specification[] = [];
  readonly #core: Core;
  readonly #people: People;
  readonly #pillars: Pillars;
  readonly #byPath = new Map<string, Specification>();

  constructor(core: Core, people: People, pillars: Pillars) {
    this.#core = core;
    this.#people = people;
    this.#pillars = pillars;
  }

  add(
    target: string | Project,
    name: string,
    details: {
      owner: Who;
      title?: string;
      summary?: string;
      assignee?: Who;
      drafter?: Who;
      approver?: Who;
      priority?: string;
      workitems?: string;
      at?: When;
    },
  ): Specification {
    const project = this.#pillars.project(target);
    const person = (who: Who | undefined) => (who === undefined ? null : this.#people.get(who));
    const specification: Specification = {
      type: 'specification',
      id: this.#core.number('specification'),
      target: project,
      name,
      title: details.title ?? `Blueprint ${name}`,
      summary: details.summary ?? '',
      workitems: details.workitems ?? '',
      owner: this.#people.get(details.owner),
      assignee: person(details.assignee),
      drafter: person(details.drafter),
      approver: person(details.approver),
      starter: null,
      completer: null,
      dateCreated: this.#core.at(details.at),
      dateStarted: null,
      dateCompleted: null,
      definitionStatus: 'New',
      implementationStatus: 'Not started',
      priority: details.priority ?? 'Undefined',
    };
    this.all.push(specification);
    this.#byPath.set(`${project.name}/${name}`, specification);
    return specification;
  }

  find(project: string, name: string): Specification | undefined {
    return this.#byPath.get(`${project}/${name}`);
  }

  assign(specification: Specification, assignee: Who | null): void {
    this.#core.touch();
    specification.assignee = assignee === null ? null : this.#people.get(assignee);
  }

  /** Sets how far it is; who starts or completes it, and when, follows from that. */
  setImplementation(specification: Specification, status: string, details: { by: Who; at?: When }): void {
    const by = this.#people.get(details.by);
    const at = this.#core.at(details.at);
    specification.implementationStatus = status;
    const complete = status === 'Implemented';
    if (complete || STARTED.has(status)) {
      specification.starter ??= by;
      specification.dateStarted ??= at;
    } else {
      specification.starter = null;
      specification.dateStarted = null;
    }
    specification.completer = complete ? by : null;
    specification.dateCompleted = complete ? at : null;
  }

  setDefinition(specification: Specification, status: string): void {
    this.#core.touch();
    specification.definitionStatus = status;
  }

  repoint(from: Person, to: Person): void {
    repointFields(this.all, ['owner', 'assignee', 'drafter', 'approver', 'starter', 'completer'], from, to);
  }
}
