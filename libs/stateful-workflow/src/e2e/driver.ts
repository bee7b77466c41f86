import {
  carry,
  create,
  entityState,
  healthOf,
  restore,
  startInput,
  step,
  type CoreState,
  type CreateOptions,
  type Effect,
  type Health,
  type LinkMessage,
  type MessageBody,
  type StartInput,
  type StepResult,
} from '../core.js';
import type { Change, EntityWorkflow, Patch } from '../index.js';
import { sourceWorkflow } from './catalog.js';

type Kind = Effect['kind'];

/** One core, with the effects that it gave. Time goes on by 10 ms with each message. */
export class Driver {
  state: CoreState;
  effects: Effect[] = [];
  now: number;
  private readonly definition: EntityWorkflow;

  constructor(
    definition: unknown,
    input: StartInput,
    { at = 1_000_000, ...options }: CreateOptions & { at?: number } = {},
  ) {
    this.definition = definition as EntityWorkflow;
    this.now = at;
    this.state = create(this.definition, input, { at, random: 0.5 }, options);
  }

  /** A core at the top of a tree. */
  static top(definition: unknown, entity: object, options: CreateOptions = {}, start: object = {}): Driver {
    return new Driver(
      definition,
      startInput(definition as EntityWorkflow, { entity: entity, ...start }, { at: 0 }, options),
      options,
    );
  }

  send(body: MessageBody): StepResult {
    this.now += 10;
    const result = step(this.definition, this.state, { ...body, at: this.now, random: 0.5 });
    this.state = result.state;
    this.effects.push(...result.effects);
    return result;
  }

  change(...changes: Change[]): StepResult {
    return this.send({ kind: 'change', changes });
  }

  /** Sends `cycle`. @returns the effects of one kind, or all, that it gave */
  cycle(): Effect[];
  cycle<K extends Kind>(kind: K): (Effect & { kind: K })[];
  cycle(kind?: Kind): Effect[] {
    return this.send({ kind: 'cycle' }).effects.filter((effect) => kind === undefined || effect.kind === kind);
  }

  /** Runs a cycle and confirms what it starts and sends. @returns its effects */
  settle(): Effect[] {
    const effects = this.cycle();
    for (const effect of effects) {
      if (effect.kind === 'startChild') this.send({ kind: 'childStarted', child: effect.child, epoch: effect.epoch });
      if (effect.kind !== 'send') continue;
      for (const { body, targets } of effect.deliveries)
        this.send({ kind: 'sent', direction: body.direction, delivered: targets, failed: [] });
    }
    return effects;
  }

  /** The link messages that a cycle sends, by receiver. */
  deliver(): Record<string, LinkMessage[]> {
    const messages: Record<string, LinkMessage[]> = {};
    for (const effect of this.settle()) {
      if (effect.kind !== 'send') continue;
      for (const { body, targets } of effect.deliveries) {
        for (const { to, epoch, seq } of targets) (messages[to] ??= []).push({ ...body, epoch, seq });
      }
    }
    return messages;
  }

  entity(type: string, id: string) {
    return entityState(this.definition, this.state, type, id);
  }

  get health(): Health {
    return healthOf(this.state);
  }

  continueAsNew(definition: unknown = this.definition): void {
    const text = JSON.stringify(carry(this.definition, this.state));
    this.state = restore(definition as EntityWorkflow, JSON.parse(text) as ReturnType<typeof carry>);
  }
}

/** A patch of another writer, `second` seconds into the test. */
export function patchOf(
  type: string,
  id: string,
  second: number,
  rest: Omit<Patch, 'type' | 'id' | 'stamp'>,
  writer = 'other',
): Patch {
  return { type, id, stamp: `${(1_000_000 + second * 1000).toString(36).padStart(9, '0')}00000~${writer}`, ...rest };
}

/** A delivery of a child. */
export function fromChild(from: string, seq: number, ...patches: Patch[]): LinkMessage {
  return { kind: 'link', direction: 'up', from, epoch: 1, seq, patches };
}

/** A delivery of an owner. */
export function fromOwner(from: string, seq: number, ...patches: Patch[]): LinkMessage {
  return { kind: 'link', direction: 'down', from, epoch: 1, seq, patches };
}

export const SOURCE = { id: 's1', name: 'One', prefs: {}, labels: {} };

export function dataset(id: string, rest: object = {}): { id: string; name: string; active: boolean } {
  return { id, name: `Dataset ${id}`, active: true, ...rest };
}

const OWNER = { workflow: 'Organization/o', epoch: 1 };

/** A source with an owner and the running datasets d1 and d2. */
export function middle(entity: object = {}, definition: object = sourceWorkflow): Driver {
  const whole = { ...SOURCE, datasets: [dataset('d1'), dataset('d2')], ...entity };
  const core = new Driver(definition, { ...startInput(sourceWorkflow, { entity: whole }, { at: 0 }), owner: OWNER });
  core.settle();
  core.settle();
  core.effects = [];
  return core;
}

/** What a delivery tells, without when it was written. */
export function told(message: LinkMessage | undefined): Omit<Patch, 'stamp'>[] | undefined {
  return message?.patches.map(({ stamp: _, ...patch }) => patch);
}

export function update(type: string, id: string, set: Record<string, unknown>): Change {
  return { op: 'update', type, id, set };
}
