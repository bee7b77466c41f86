import type { CoreState } from './core-state.js';
import type { EntityWorkflow } from './definitions/workflow.js';
import type { Counters } from './control/dead-letters.js';
import type { Effect } from './effects.js';
import type { Territory } from './links/sub-graph.js';
import { routePatch, type Before, beforePatch } from './links/route.js';
import type { Moment } from './messages.js';
import { Author, type AuthorOptions, type Desk } from './state/author.js';
import { keyOf, relationAt, shapeOf, type Patch } from './state/patch.js';
import { StoreWriter } from './state/store-writer.js';
import { observe, stampOf, tick, type Stamp } from './state/stamp.js';
import type { Store } from './state/store.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One step under way: the state so far, what changed, and what is to be done. Thrown away when the step fails. */
export class Work {
  readonly patches: Patch[] = [];
  readonly effects: Effect[] = [];
  /** The parts of the next state. The store is kept by the writer until the end. */
  readonly next: Mutable<CoreState>;
  private writer: StoreWriter;

  constructor(
    readonly definition: EntityWorkflow,
    readonly before: CoreState,
    readonly moment: Moment,
  ) {
    this.next = { ...before };
    this.writer = this.write(before);
  }

  get store(): Store {
    return this.writer.store;
  }

  get territory(): Territory {
    return { definition: this.definition, self: this.next.self, children: this.next.children, store: this.store };
  }

  /** The state after this step. */
  finish(): CoreState {
    return { ...this.next, store: this.writer.finish() };
  }

  /** Goes on from another state, which was reached from this one. */
  replace(state: CoreState): void {
    Object.assign(this.next, state);
    this.writer = this.write(state);
  }

  effect(effect: Effect): void {
    this.effects.push(effect);
  }

  count(counter: keyof Counters, by = 1): void {
    this.next.counters = { ...this.next.counters, [counter]: this.next.counters[counter] + by };
  }

  /** Notes what could not be used; of many only the latest are kept. */
  putAside(kind: string, code: string, problem: string, from?: string): void {
    this.count('aside');
    const letter = { at: this.moment.at, kind, code, problem, ...(from !== undefined && { from }) };
    this.next.deadLetters = [...this.next.deadLetters, letter].slice(-this.definition.limits.deadLetters);
  }

  /** A stamp later than all that this workflow has seen. */
  stamp(): Stamp {
    this.next.clock = tick(this.next.clock, this.moment.at);
    return stampOf(this.next.clock, this.next.self.workflow);
  }

  /** A stamp that is later than `known`, too. */
  stampAfter(known: Stamp | undefined): Stamp {
    if (known) this.observe(known);
    return this.stamp();
  }

  /** Counts what is written from here on as later than `stamp`. */
  observe(stamp: Stamp): void {
    this.next.clock = observe(this.next.clock, stamp);
  }

  /** A number for a link or a start, later than all before. */
  epoch(): number {
    this.next.lastEpoch = Math.max(Math.floor(this.moment.at), this.next.lastEpoch + 1);
    return this.next.lastEpoch;
  }

  /** Applies a patch and notes it for whom it concerns. */
  commit(patch: Patch): void {
    const before: Before = beforePatch(this, patch);
    if (patch.origin !== undefined) this.observe(patch.stamp);
    const effect = this.writer.apply(patch);
    routePatch(this, patch, effect, before);
    if (!effect) return;
    this.patches.push(effect);
    this.touch(effect);
    this.count('patches');
  }

  author(options?: AuthorOptions): Author {
    return new Author(this.desk(), options);
  }

  desk(): Desk {
    return {
      model: this.definition.model,
      root: keyOf(this.next.self),
      store: () => this.store,
      nextStamp: () => this.stamp(),
      commit: (patch) => this.commit(patch),
    };
  }

  private write({ store }: CoreState): StoreWriter {
    return new StoreWriter(this.definition.model, store, this.definition.limits.deletions);
  }

  /** Notes an entity for the end of the cycle; of the root also the entities that joined or left it. */
  private touch({ type, id, rel, set, unset }: Patch): void {
    const { self } = this.next;
    let { touched } = this.next;
    touched = touched.set(keyOf({ type, id }), true);
    if (type === self.type && id === self.id) {
      const shape = shapeOf(this.definition.model, type);
      for (const [name, { add = [], remove = [] }] of Object.entries(rel ?? {})) {
        const target = shape && relationAt(shape, name)?.target;
        if (target !== undefined)
          for (const member of [...add, ...remove]) touched = touched.set(keyOf({ type: target, id: member }), true);
      }
      // A relation to one says only who it is now, so its former child is looked for by the relation.
      for (const name of [...Object.keys(set ?? {}), ...(unset ?? [])])
        if (name in this.definition.owns) touched = touched.set(`${self.type}.${name}`, true);
    }
    this.next.touched = touched;
  }
}
