import { ApplicationFailure, CancellationScope, getExternalWorkflowHandle, isCancellation, ActivityFailure } from '@temporalio/workflow';
import type { Effect } from '../effects.js';
import type { LoadError, Target } from '../messages.js';
import { unpack } from '../packing/pack.js';
import type { CallRequest, EntityMessage, LoadOutcome, LoadRequest, SentOutcome } from './contract.js';
import { activitiesOf, ownActivities, type ActivityTimes } from './activity-options.js';
import { startChildren } from './child-starts.js';
import type { EntityShell } from './entity-shell.js';
import { causeOf, isGone, unlessGone } from './failures.js';

type Of<K extends Effect['kind']> = Effect & { kind: K };

/** Does what the core orders, and queues what comes of it. Nothing that fails here fails the workflow. */
export class EffectRunner {
  /** Effects under way. */
  private readonly tasks = new Set<Promise<void>>();
  private readonly loads = new Set<Promise<void>>();
  private readonly starting = new Map<string, Promise<void>>();
  private loadScope = new CancellationScope();

  constructor(
    readonly shell: EntityShell,
    private readonly times: Readonly<Record<string, ActivityTimes>>,
  ) {}

  /** Whether nothing but loads is under way. */
  get isQuiet(): boolean {
    return this.tasks.size === 0;
  }

  /** Whether nothing at all is under way. */
  get isIdle(): boolean {
    return this.tasks.size === 0 && this.loads.size === 0;
  }

  /** Ends the loads that are under way; they are not heard of again. */
  cancelLoads(): void {
    this.loadScope.cancel();
    this.loadScope = new CancellationScope();
  }

  run(effects: readonly Effect[]): void {
    const starts = effects.filter((effect) => effect.kind === 'startChild');
    if (starts.length > 0) startChildren(this.shell, this, starts);
    for (const effect of effects) this.runOne(effect);
  }

  /** Has a promise waited for before the run ends. */
  track(what: string, work: Promise<void>, of: Set<Promise<void>> = this.tasks): void {
    const task = work
      .catch((error: unknown) => {
        if (!isCancellation(error)) this.shell.note(...problemOf(what, error));
      })
      .finally(() => of.delete(task));
    of.add(task);
  }

  /** Tells another entity something. @throws when it cannot be reached */
  async tell(workflow: string, message: EntityMessage): Promise<void> {
    await getExternalWorkflowHandle(workflow).signal('message', message);
  }

  private runOne(effect: Effect): void {
    switch (effect.kind) {
      case 'endChild':
        this.track(`end of ${effect.child}`, this.endChild(effect));
        return;
      case 'send':
        this.track('delivery', effect.via === 'activity' ? this.fanOut(effect) : this.send(effect));
        return;
      case 'ack':
        this.track(`acknowledgement to ${effect.to}`, this.acknowledge(effect));
        return;
      case 'load':
        this.track(`load ${effect.loader}`, this.load(effect), this.loads);
        return;
      case 'call':
        this.track(`action ${effect.action}`, this.call(effect));
        return;
      case 'publish':
        this.track(`event ${effect.event}`, this.publish(effect));
        return;
      case 'startChild':
      case 'reply':
      case 'close':
        return;
    }
  }

  /** Has a start waited for, also by an end of the same child that comes meanwhile. */
  trackStart(children: readonly { readonly child: string }[], work: Promise<void>): void {
    const [first] = children;
    this.track(children.length === 1 ? `start of ${first?.child ?? ''}` : `start of ${children.length} children`, work);
    for (const { child } of children) this.starting.set(child, work);
    void work.finally(() => {
      for (const { child } of children) if (this.starting.get(child) === work) this.starting.delete(child);
    });
  }

  private async endChild({ child, epoch, how }: Of<'endChild'>): Promise<void> {
    const owner = this.self.workflow;
    await this.starting.get(child);
    await unlessGone(this.tell(child, { kind: 'release', owner, epoch, how }));
  }

  private async send({ deliveries }: Of<'send'>): Promise<void> {
    await Promise.all(
      deliveries.map(async ({ body, targets }) => {
        const failed: (Target & { gone?: boolean })[] = [];
        const reach = async (target: Target): Promise<void> => {
          try {
            await this.tell(target.to, { ...body, epoch: target.epoch, seq: target.seq });
          } catch (error) {
            failed.push(isGone(error) ? { ...target, gone: true } : target);
            if (!isGone(error)) this.shell.note(...problemOf(`delivery to ${target.to}`, error));
          }
        };
        await Promise.all(targets.map(reach));
        this.shell.take({ kind: 'sent', direction: body.direction, delivered: targets.filter((target) => !failed.some(({ to }) => to === target.to)), failed });
      }),
    );
  }

  /** One activity sends to all: the history grows by it, and not by the receivers. */
  private async fanOut({ deliveries }: Of<'send'>): Promise<void> {
    const { statefulDeliver } = ownActivities;
    await Promise.all(
      deliveries.map(async ({ body, targets }) => {
        let failed: (Target & { gone?: boolean })[];
        try {
          const report = await statefulDeliver({ body, targets });
          const gone = new Set(report.gone);
          failed = [...report.failed, ...report.gone].flatMap((place) => {
            const target = targets[place];
            return target ? [gone.has(place) ? { ...target, gone: true } : target] : [];
          });
        } catch (error) {
          this.shell.note(...problemOf(`delivery to ${targets.length} receivers`, error));
          failed = [...targets];
        }
        const missed = new Set(failed.map(({ to, seq }) => `${seq} ${to}`));
        const delivered = targets.filter(({ to, seq }) => !missed.has(`${seq} ${to}`));
        this.shell.take({ kind: 'sent', direction: body.direction, delivered, failed });
      }),
    );
  }

  private async acknowledge({ to, direction, epoch, seq, resync }: Of<'ack'>): Promise<void> {
    await unlessGone(this.tell(to, { kind: 'ack', direction, from: this.self.workflow, epoch, seq, ...(resync && { resync }) }));
  }

  private async load({ kind: _, activity, ...order }: Of<'load'>): Promise<void> {
    const { loader, epoch } = order;
    const request: LoadRequest = { ...order, workflow: this.self.workflow };
    const scope = this.loadScope;
    try {
      const sent = await scope.run(() => activitiesOf<LoadRequest, SentOutcome>(activity, this.times)(request));
      const outcome = sent.status === 'packed' ? unpack<LoadOutcome>(sent.outcome) : sent;
      if (outcome.status === 'failed') this.shell.take({ kind: 'loadFailed', loader, epoch, error: outcome.error });
      else if (outcome.status === 'loaded') this.shell.take({ ...outcome, kind: 'loaded', loader, epoch });
      else this.shell.take({ kind: 'loaded', loader, epoch, changes: [], ...(order.etag !== undefined && { etag: order.etag }) });
    } catch (error) {
      if (isCancellation(error) && scope.consideredCancelled) throw error;
      this.shell.take({ kind: 'loadFailed', loader, epoch, error: loadError(error) });
    }
  }

  private async call({ id, action, activity, input }: Of<'call'>): Promise<void> {
    const { type, id: rootId, workflow } = this.self;
    const request: CallRequest = { id, action, workflow, root: { type, id: rootId }, ...this.shell.access, input };
    try {
      const result = await activitiesOf<CallRequest, never>(activity, this.times)(request);
      this.shell.take({ kind: 'called', id, result: result ?? null });
    } catch (error) {
      const [, message] = problemOf(action, error);
      this.shell.take({ kind: 'called', id, error: message });
    }
  }

  private async publish({ kind: _, ...event }: Of<'publish'>): Promise<void> {
    const { type, id, workflow } = this.self;
    await ownActivities.statefulPublish({ ...event, workflow, root: { type, id } });
  }

  private get self() {
    const { state } = this.shell;
    if (!state) throw new Error('an effect before the state');
    return state.self;
  }
}

function problemOf(what: string, error: unknown): [code: string, message: string] {
  const cause = causeOf(error);
  const code = cause instanceof ApplicationFailure ? (cause.type ?? 'UNEXPECTED_ERROR') : 'UNEXPECTED_ERROR';
  const text = cause instanceof Error ? cause.message : String(cause);
  return [code, `${what}: ${text}`];
}

function loadError(error: unknown): LoadError {
  const cause = causeOf(error);
  const timedOut = error instanceof ActivityFailure && !(cause instanceof ApplicationFailure);
  const code = cause instanceof ApplicationFailure ? (cause.type ?? 'UNEXPECTED_ERROR') : timedOut ? 'STATEFUL_LOAD_TIMED_OUT' : 'UNEXPECTED_ERROR';
  return { code, message: cause instanceof Error ? cause.message : String(cause) };
}
