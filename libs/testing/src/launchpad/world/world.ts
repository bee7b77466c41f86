import { Archives } from './archives.js';
import { Blueprints } from './blueprints.js';
import { Bugs } from './bugs.js';
import { Code } from './code.js';
import { Core } from './core.js';
import { People } from './people.js';
import { Pillars } from './pillars.js';
import { Questions } from './questions.js';
import type { Person } from './entities.js';

/**
 * Everything that a Launchpad knows, in memory, with the hooks that change it. Each change has the effects that it has
 * there: a comment moves `date_last_updated`, a change of status leaves a line of activity and the task's dates.
 */
export class World {
  readonly core: Core;
  readonly people: People;
  readonly pillars: Pillars;
  readonly bugs: Bugs;
  readonly code: Code;
  readonly questions: Questions;
  readonly blueprints: Blueprints;
  readonly archives: Archives;

  /** `clock`: what time it is for changes that do not say when they happened. @default the system's clock */
  constructor(options: { clock?: () => number } = {}) {
    this.core = new Core(options.clock);
    this.people = new People(this.core);
    this.pillars = new Pillars(this.core, this.people);
    this.bugs = new Bugs(this.core, this.people, this.pillars);
    this.code = new Code(this.core, this.people, this.pillars);
    this.questions = new Questions(this.core, this.people, this.pillars);
    this.blueprints = new Blueprints(this.core, this.people, this.pillars);
    this.archives = new Archives(this.core, this.people, this.pillars);
  }

  /** Grows with every change; results of searches hold for as long as it stays. */
  get revision(): number {
    return this.core.revision;
  }

  /** Merges one account into another: all that it did is the other's from now on, and its own page is gone. */
  mergePerson(from: string | Person, into: string | Person): void {
    const source = this.people.get(from);
    const target = this.people.get(into);
    for (const part of [this.pillars, this.bugs, this.code, this.questions, this.blueprints, this.archives]) {
      part.repoint(source, target);
    }
    this.people.merge(source, target);
  }
}
