import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  defineSignal,
  makeContinueAsNewFunc,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { isCodedError } from '@tributary/common';
import { carry, restore } from '../carry/carry.js';
import type { CoreState } from '../core-state.js';
import { create, startInput } from '../create.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import { isObject } from '../json.js';
import { ownActivities, statefulFacts, type ActivityTimes } from './activity-options.js';
import { fromArguments, toArguments } from './carry-parts.js';
import { codedFailure } from './coded-failure.js';
import type { StartInput } from '../effects.js';
import { UPGRADE_SIGNAL, type ContinuedStart, type EntityStart, type HandStart, type WorkerFacts } from './contract.js';
import { continueOnCurrentVersion } from './current-version.js';
import { Visibility } from './visibility.js';
import { EffectRunner } from './effect-runner.js';
import { EntityShell } from './entity-shell.js';
import { unlessGone } from './failures.js';
import { STATEFUL_START_INVALID } from './errors.js';
import { checkNames, takeMessages } from './handlers.js';
import { toCredential } from './parse-input.js';
import { answerQueries } from './queries.js';
import { ChildCheck } from './child-check.js';

/** Temporal ends a run at 51,200 events. */
const LAST_EVENTS = 45_000;

/** How the workflow of an entity runs. */
export interface ShellOptions {
  /** Events after which a run goes on in a new one, beside what Temporal suggests. @default only what Temporal suggests */
  readonly historyBudget?: number;
  /** Times of activities, by name. */
  readonly activities?: Readonly<Record<string, ActivityTimes>>;
  /** How often children whose end Temporal does not tell are looked at, in milliseconds. @default 600,000 */
  readonly checkChildrenMs?: number;
  /** How long a run that goes on in a new one waits for what is under way, in milliseconds. @default 10,000 */
  readonly drainMs?: number;
}

/** A workflow as a module exports it, under the name of its definition. */
export type EntityWorkflowFunction = (start: EntityStart, ...parts: string[]) => Promise<void>;

/** The definition erased to what the shell runs. */
export type AnyDefinition = { readonly [K in keyof EntityWorkflow]: unknown };

/**
 * Makes the workflow of an entity out of its definition:
 * `export const SourceWorkflow = workflowOf(sourceWorkflow)`. Export it under the definition's name.
 * @throws CodedError STATEFUL_NAME_RESERVED
 */
export function workflowOf(definition: AnyDefinition, options: ShellOptions = {}): EntityWorkflowFunction {
  const known = definition as EntityWorkflow;
  checkNames(known);
  return async (start, ...parts) => {
    const root = CancellationScope.current();
    await CancellationScope.nonCancellable(() => new EntityRun(known, options, start, parts, root).run());
  };
}

class EntityRun {
  private readonly shell: EntityShell;
  private readonly visibility = new Visibility();
  private readonly check: ChildCheck;
  private cancelled = false;
  /** Its state does not fit into the start of a next run; it goes on in this one, and says so, as long as Temporal lets it. */
  private tooLarge = false;
  /** It was asked to go on in a new run, which is one of the current version. */
  private upgradeAsked = false;

  constructor(
    private readonly definition: EntityWorkflow,
    private readonly options: ShellOptions,
    private readonly start: EntityStart,
    private readonly parts: readonly string[],
    root: CancellationScope,
  ) {
    const carried = isContinued(start) ? start.shell : undefined;
    this.shell = new EntityShell(definition, (shell) => new EffectRunner(shell, options.activities ?? {}), carried);
    this.check = new ChildCheck(this.shell, options.checkChildrenMs ?? 600_000);
    takeMessages(this.shell);
    answerQueries(this.shell);
    setHandler(defineSignal(UPGRADE_SIGNAL), () => {
      this.upgradeAsked = true;
    });
    root.cancelRequested.catch(() => {
      this.cancelled = true;
      this.shell.take({ kind: 'shutdown', how: 'cancel' });
    });
  }

  async run(): Promise<void> {
    const { shell } = this;
    const facts = await statefulFacts();
    shell.state = this.begin(facts);
    for (;;) {
      shell.work(true);
      this.visibility.show(shell, facts);
      if (shell.closing) return this.end();
      if (this.mustContinue()) {
        await this.continue();
        continue;
      }
      this.check.plan();
      await condition(() => shell.isAwake || this.upgradeAsked);
    }
  }

  private begin(facts: WorkerFacts): CoreState {
    try {
      return this.beginState(facts);
    } catch (error) {
      throw isCodedError(error) ? codedFailure(error) : error;
    }
  }

  private beginState({ encrypted }: WorkerFacts): CoreState {
    const { workflowId, workflowType, attempt } = workflowInfo();
    const { definition, start } = this;
    if (workflowType !== definition.name) throw STATEFUL_START_INVALID({ problem: `the workflow of ${definition.name} is exported as ${workflowType}` });
    if (isContinued(start)) return { ...restore(definition, fromArguments(start, this.parts)), allowLiteral: encrypted };
    if (!isObject(start)) throw STATEFUL_START_INVALID({ problem: 'it is no object' });
    const moment = { at: Date.now(), random: Math.random() };
    const input = { ...toStartInput(definition, start, moment.at, encrypted), workflow: workflowId };
    return create(definition, input, moment, { allowLiteral: encrypted, resync: attempt > 1 });
  }

  private mustContinue(): boolean {
    const { continueAsNewSuggested, historyLength, targetWorkerDeploymentVersionChanged } = workflowInfo();
    const asked = this.upgradeAsked;
    this.upgradeAsked = false;
    if (this.tooLarge && historyLength < LAST_EVENTS) return false;
    return asked || continueAsNewSuggested || historyLength >= (this.options.historyBudget ?? Infinity) || targetWorkerDeploymentVersionChanged === true;
  }

  /** Goes on in a new run. What is under way gets some time to end; what does not is done again. */
  private async continue(): Promise<void> {
    const { shell, definition } = this;
    const { runner } = shell;
    const wait = this.options.drainMs ?? 10_000;
    await this.drain(() => runner.isIdle && allHandlersFinished(), wait);
    if (shell.closing) return;
    runner.cancelLoads();
    shell.dismiss();
    await this.drain(() => allHandlersFinished(), wait);
    const state = shell.state;
    if (!state || shell.closing) return;
    shell.alarm.cancel();
    let args: Parameters<EntityWorkflowFunction>;
    try {
      args = toArguments(carry(definition, state), shell.carried);
    } catch (error) {
      if (!isCodedError(error)) throw error;
      if (workflowInfo().historyLength >= LAST_EVENTS) throw codedFailure(error);
      shell.note(error.code, error.message);
      this.tooLarge = true;
      return;
    }
    await continueOnCurrentVersion((options) => makeContinueAsNewFunc<EntityWorkflowFunction>(options)(...args));
  }

  /** Takes what comes, but begins nothing new, until `isDone` or the time is over. */
  private async drain(isDone: () => boolean, ms: number): Promise<void> {
    const { shell } = this;
    const until = Date.now() + ms;
    shell.work(false);
    while (!isDone() && !shell.closing && Date.now() < until) {
      await condition(() => shell.isAwake || isDone(), until - Date.now());
      shell.work(false);
    }
  }

  /** Lets the last effects end, and tells the owners. */
  private async end(): Promise<void> {
    const { shell } = this;
    const { runner } = shell;
    runner.cancelLoads();
    shell.alarm.cancel();
    await this.drainEnd();
    const outcome = shell.closing === 'cancel' ? 'cancelled' : 'completed';
    const from = shell.state?.self.workflow ?? '';
    for (const { workflow, epoch } of shell.state?.owners ?? []) {
      runner.track(`end told to ${workflow}`, unlessGone(runner.tell(workflow, { kind: 'ended', from, epoch, outcome })));
    }
    await this.drainEnd();
    if (shell.closing === 'cancel' && !this.cancelled) await this.cancelSelf();
    if (this.cancelled) throw new CancelledFailure('The entity was cancelled and has ended its children as declared.');
  }

  /** An owner released it, to be cancelled. Only who is asked to from outside can end as Canceled; Temporal lets none ask itself. */
  private async cancelSelf(): Promise<void> {
    const { workflowId, runId } = workflowInfo();
    await ownActivities.statefulCancel({ workflowId, runId });
    await condition(() => this.cancelled, 10_000);
  }

  private async drainEnd(): Promise<void> {
    const { shell } = this;
    shell.work(false);
    const isDone = (): boolean => shell.runner.isIdle && allHandlersFinished();
    const until = Date.now() + 60_000;
    while (!isDone() && Date.now() < until) {
      await condition(() => shell.isAwake || isDone(), until - Date.now());
      shell.work(false);
    }
  }
}

function isContinued(start: EntityStart): start is ContinuedStart {
  return isObject(start) && 'continued' in start;
}

function toStartInput(definition: EntityWorkflow, start: HandStart | StartInput, at: number, allowLiteral: boolean): StartInput {
  if ('patches' in start) return start;
  const { entity, apiToken, apiUrl } = start;
  if (!isObject(entity)) throw STATEFUL_START_INVALID({ problem: 'it has no entity' });
  const credential = apiToken === undefined ? undefined : toCredential(apiToken, undefined);
  return startInput(definition, { entity: entity, ...(credential && { credential }), ...(apiUrl !== undefined && { apiUrl }) }, { at }, { allowLiteral });
}
