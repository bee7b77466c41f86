import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ChildWorkflowCancellationType, ParentClosePolicy, startChild } from '@temporalio/workflow';
import { PAYLOAD_LIMIT_BYTES, payloadBytes } from '@tributary/common';
import type { Effect } from '../effects.js';
import { attachMessage, type StartOrder } from './contract.js';
import type { EffectRunner } from './effect-runner.js';
import type { EntityShell } from './entity-shell.js';
import { ownActivities } from './activity-options.js';
import { causeOf, isGone, outcomeOf } from './failures.js';

/** Leaves room for what stands around the orders. */
const REQUEST_BYTES = PAYLOAD_LIMIT_BYTES - 20_000;

type StartEffect = Effect & { kind: 'startChild' };

/**
 * Starts children, each by itself: one that fails keeps no other back. A few are started as Temporal's children, so that
 * the tree shows in its UI; many, and those that may be there already, by an activity, so that the history does not grow
 * with their number. Either way they live on when this run ends.
 */
export function startChildren(shell: EntityShell, runner: EffectRunner, effects: readonly StartEffect[]): void {
  const isFew = effects.length <= shell.definition.limits.fanout;
  const native = effects.filter(({ shared }) => isFew && !shared);
  for (const order of native) runner.trackStart([order], startOne(shell, runner, order));
  const rest = effects.filter((effect) => !native.includes(effect));
  for (const part of inParts(rest)) runner.trackStart(part, startMany(shell, part));
}

async function startOne(shell: EntityShell, runner: EffectRunner, { child, workflowType, epoch, input }: StartEffect): Promise<void> {
  try {
    const handle = await startChild(workflowType, {
      workflowId: child,
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: `${input.type} ${input.id}`.slice(0, 200),
    });
    shell.watched.set(child, epoch);
    shell.take({ kind: 'childStarted', child, epoch });
    void watch(shell, child, epoch, handle.result());
  } catch (error) {
    if (!(causeOf(error) instanceof WorkflowExecutionAlreadyStartedError)) fail(shell, child, epoch, error);
    else await attach(shell, runner, { child, epoch, input });
  }
}

/** The entity has a workflow already: this one becomes another owner of it. */
async function attach(shell: EntityShell, runner: EffectRunner, { child, epoch, input }: Pick<StartEffect, 'child' | 'epoch' | 'input'>): Promise<void> {
  try {
    await runner.tell(child, attachMessage(input));
    shell.take({ kind: 'childStarted', child, epoch, attached: true });
  } catch (error) {
    fail(shell, child, epoch, isGone(error) ? new Error('it ended while it was attached to') : error);
  }
}


/** Nothing waits for the end of a child, so this is no task of the run. */
async function watch(shell: EntityShell, child: string, epoch: number, result: Promise<unknown>): Promise<void> {
  const outcome = await result.then(() => 'completed' as const, outcomeOf);
  if (shell.watched.get(child) === epoch) shell.watched.delete(child);
  shell.take({ kind: 'childEnded', child, epoch, outcome });
}

async function startMany(shell: EntityShell, effects: readonly StartEffect[]): Promise<void> {
  const children = effects.map(({ child, workflowType, epoch, shared, input }): StartOrder => ({ child, workflowType, epoch, shared, input }));
  try {
    const { attached, failed } = await ownActivities.statefulStart({ children });
    const problems = new Map(failed);
    for (const [place, { child, epoch }] of effects.entries()) {
      const problem = problems.get(place);
      if (problem !== undefined) fail(shell, child, epoch, new Error(problem));
      else shell.take({ kind: 'childStarted', child, epoch, attached: attached.includes(place) });
    }
  } catch (error) {
    for (const { child, epoch } of effects) fail(shell, child, epoch, error);
  }
}

function fail(shell: EntityShell, child: string, epoch: number, error: unknown): void {
  const cause = causeOf(error);
  shell.take({ kind: 'childStartFailed', child, epoch, error: cause instanceof Error ? cause.message : String(cause) });
}

/** Parts that fit into one payload each. */
function inParts(effects: readonly StartEffect[]): StartEffect[][] {
  const parts: StartEffect[][] = [];
  let bytes = Infinity;
  for (const effect of effects) {
    const size = payloadBytes(effect);
    if (bytes + size > REQUEST_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(effect);
    bytes += size;
  }
  return parts;
}
