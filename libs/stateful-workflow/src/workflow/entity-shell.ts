import { condition } from '@temporalio/workflow';
import { apiUrlOf } from '../credentials/inheritance.js';
import type { CoreState } from '../core-state.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import type { Effect, LoadCredential, StepOutcome } from '../effects.js';
import { hasWork, nextDue } from '../inspect.js';
import type { Credential, MessageBody } from '../messages.js';
import { step } from '../step.js';
import { Alarm } from './alarm.js';
import { ChangeLog } from './change-log.js';
import type { CarriedShell, Problem } from './contract.js';
import type { EffectRunner } from './effect-runner.js';
import { STATEFUL_CONTINUED } from './errors.js';

/** Cycles in one go, after which signals and queries get their turn. */
const MOST_CYCLES = 1000;
const KEPT_PROBLEMS = 20;

interface Queued {
  readonly body: MessageBody;
  /** Who waits for what becomes of it; nobody, when it came as a signal. */
  readonly settle?: (outcome: StepOutcome) => void;
}

/**
 * Keeps the state of an entity within a workflow run. Everything that comes is queued, one loop steps through the queue,
 * and what is to be done is handed to the runner, whose results come back by the queue.
 */
export class EntityShell {
  state: CoreState | undefined;
  readonly changes: ChangeLog;
  problems: Problem[];
  /** How it is to end, once it is to. */
  closing: 'cancel' | 'complete' | undefined;
  private queue: Queued[] = [];
  private readonly waiting = new Map<string, (outcome: StepOutcome) => void>();
  /** Children whose end Temporal tells this run, with the epoch of their start. */
  readonly watched = new Map<string, number>();
  readonly alarm = new Alarm();
  readonly runner: EffectRunner;

  constructor(
    readonly definition: EntityWorkflow,
    runner: (shell: EntityShell) => EffectRunner,
    carried: CarriedShell = { changes: 0, problems: [] },
  ) {
    this.changes = new ChangeLog(carried.changes);
    this.problems = [...carried.problems];
    this.runner = runner(this);
  }

  get credential(): Credential | undefined {
    return this.state?.credential?.value;
  }

  /** What an activity that an action calls may use. */
  get access(): { readonly credential: LoadCredential; readonly apiUrl?: string } {
    const apiUrl = this.state && apiUrlOf(this.state);
    return { credential: this.credential ?? { kind: 'none' }, ...(apiUrl !== undefined && { apiUrl }) };
  }

  get carried(): CarriedShell {
    return { changes: this.changes.length, problems: this.problems };
  }

  /** Queues what nobody waits for. */
  take(body: MessageBody): void {
    this.queue.push({ body });
  }

  /** Queues what came from another entity. */
  takeFromEntity(message: Readonly<Record<string, unknown>>): void {
    const { kind } = message;
    if (kind === 'ended') this.take({ kind: 'childEnded', child: message['from'], epoch: message['epoch'], outcome: message['outcome'] } as MessageBody);
    else this.take(message as unknown as MessageBody);
  }

  /** Queues what somebody waits for. @returns its outcome, when it has one */
  async ask(body: MessageBody): Promise<StepOutcome> {
    let outcome: StepOutcome | undefined;
    this.queue.push({ body, settle: (given) => (outcome = given) });
    await condition(() => outcome !== undefined);
    return outcome ?? { status: 'done' };
  }

  /** What would become of a message now. Nothing does. For validators: a replay skips them, so they must not draw numbers. */
  wouldRefuse(body: MessageBody): StepOutcome {
    if (!this.state) return { status: 'pending' };
    return step(this.definition, this.state, { ...body, at: Date.now(), random: 0 }).outcome;
  }

  note(code: string, message: string): void {
    this.problems = [...this.problems, { at: Date.now(), code, message: message.slice(0, 500) }].slice(-KEPT_PROBLEMS);
  }

  /** Whether there is something to do. */
  get isAwake(): boolean {
    return this.queue.length > 0 || this.alarm.rang;
  }

  /** Takes all that is queued and, with `cycles`, does what follows from it, until nothing is left to do now. */
  work(cycles: boolean): void {
    this.alarm.clear();
    const effects: Effect[] = [];
    for (let count = 0; ; count += 1) {
      this.takeQueue(effects);
      if (!cycles || !this.state || !hasWork(this.definition, this.state, Date.now()) || count === MOST_CYCLES) break;
      this.advance({ kind: 'cycle' }, effects);
    }
    this.runner.run(effects);
    if (cycles && this.state) this.alarm.set(nextDue(this.state));
  }

  /** Answers those who still wait, because this run ends. */
  dismiss(): void {
    const { code, message, fix } = STATEFUL_CONTINUED({ what: 'what was asked for' });
    for (const settle of this.waiting.values()) settle({ status: 'refused', code, message, fix });
    this.waiting.clear();
  }

  private takeQueue(effects: Effect[]): void {
    if (!this.state) return;
    while (this.queue.length > 0) {
      const queue = this.queue;
      this.queue = [];
      for (const { body, settle } of queue) {
        const outcome = this.advance(body, effects);
        if (!settle) this.noteRefusal(body, outcome);
        else if (outcome.status === 'pending' && body.kind === 'action') this.waiting.set(body.id, settle);
        else settle(outcome);
      }
    }
  }

  private advance(body: MessageBody, effects: Effect[]): StepOutcome {
    const { state, patches, effects: next, outcome } = step(this.definition, this.state as CoreState, { ...body, ...moment() });
    this.state = state;
    this.changes.add(patches);
    for (const effect of next) {
      if (effect.kind === 'reply') this.reply(effect.id, effect.outcome);
      else if (effect.kind === 'close') this.closing = effect.how;
      else effects.push(effect);
    }
    return outcome;
  }

  private reply(id: string, outcome: StepOutcome): void {
    this.waiting.get(id)?.(outcome);
    this.waiting.delete(id);
  }

  /** A signal has nobody to be refused to. */
  private noteRefusal(body: MessageBody, outcome: StepOutcome): void {
    if (outcome.status === 'refused') this.note(outcome.code, `signal ${body.kind}: ${outcome.message}`);
  }
}

/** Time and chance of a message; the same on each replay. */
function moment() {
  return { at: Date.now(), random: Math.random() };
}

