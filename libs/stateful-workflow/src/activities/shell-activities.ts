import { Context } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { EventBus } from '@tributary/clients';
import type { Outcome } from '../messages.js';
import { attachMessage, type CancelRequest, type CheckReport, type CheckRequest, type DeliverReport, type DeliverRequest, type PublishRequest, type StartOrder, type StartReport, type StartRequest, type WorkerFacts } from '../workflow/contract.js';
import { STATEFUL_EVENTS_NOWHERE } from './errors.js';
import { inLanes } from './in-lanes.js';

/** Calls to Temporal at the same time. */
const LANES = 20;

/** Where events of entities go. */
export interface EventTarget {
  readonly bus: EventBus;
  readonly topic: string;
  /** CloudEvents type of an event: by default `tributary.entity.<event>`. */
  readonly typePrefix?: string;
}

export interface ShellActivityOptions {
  readonly facts?: Partial<WorkerFacts>;
  /** Without it events are refused. */
  readonly events?: EventTarget;
}

/** The activities that the shell itself calls. They use the client of the worker that runs them. */
export function shellActivities({ facts = {}, events }: ShellActivityOptions) {
  return {
    async statefulFacts(): Promise<WorkerFacts> {
      return { encrypted: false, searchAttributes: false, ...facts };
    },

    /** Starts children. One that there is already is attached to. Twice does no harm. */
    async statefulStart({ children }: StartRequest): Promise<StartReport> {
      const { client, info } = Context.current();
      const attached: number[] = [];
      const failed: [number, string][] = [];
      await inLanes(children.length, LANES, async (place) => {
        const order = children[place];
        if (!order) return;
        try {
          if (await startEntity(client, info.taskQueue, order)) attached.push(place);
        } catch (error) {
          if (isUnreachable(error)) throw error;
          failed.push([place, error instanceof Error ? error.message.slice(0, 500) : String(error)]);
        }
      });
      return { attached, failed };
    },

    /** Sends one content to many. Goes on after its last heartbeat when it is tried again; twice does no harm. */
    async statefulDeliver({ body, targets }: DeliverRequest): Promise<DeliverReport> {
      const { client } = Context.current();
      const report: { failed: number[]; gone: number[] } = { failed: [], gone: [] };
      await inLanes(targets.length, LANES, async (place) => {
        const target = targets[place];
        if (!target) return;
        try {
          await client.workflow.getHandle(target.to).signal('message', { ...body, epoch: target.epoch, seq: target.seq });
        } catch (error) {
          if (isUnreachable(error)) throw error;
          (error instanceof WorkflowNotFoundError ? report.gone : report.failed).push(place);
        }
      }, report);
      return report;
    },

    /** Says which workflows do not run any more. */
    async statefulCheck({ workflows }: CheckRequest): Promise<CheckReport> {
      const { client } = Context.current();
      const ended: [number, Outcome][] = [];
      await inLanes(workflows.length, LANES, async (place) => {
        const outcome = await outcomeOf(client, workflows[place] ?? '');
        if (outcome) ended.push([place, outcome]);
      });
      return { ended };
    },

    /** Asks a run to cancel. One that has ended meanwhile is left alone. */
    async statefulCancel({ workflowId, runId }: CancelRequest): Promise<void> {
      try {
        await Context.current().client.workflow.getHandle(workflowId, runId).cancel();
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
    },

    async statefulPublish({ event, id, workflow, root, before, after, at }: PublishRequest): Promise<void> {
      if (!events) throw STATEFUL_EVENTS_NOWHERE({ event, type: root.type });
      const { bus, topic, typePrefix = 'tributary.entity' } = events;
      const data = { ...root, workflow, before, after, at: new Date(at).toISOString() };
      await bus.publish(topic, { id, source: `tributary/${root.type}`, type: `${typePrefix}.${event}`, subject: root.id, data }, { signal: Context.current().cancellationSignal });
    },
  };
}

/** @returns whether it was there already */
async function startEntity(client: Client, taskQueue: string, { child, workflowType, shared, input }: StartOrder): Promise<boolean> {
  const attach = attachMessage(input);
  const start = { workflowId: child, taskQueue, args: [input], workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const };
  if (shared) {
    await client.workflow.signalWithStart(workflowType, { ...start, workflowIdConflictPolicy: 'USE_EXISTING', signal: 'message', signalArgs: [attach] });
    return true;
  }
  try {
    await client.workflow.start(workflowType, { ...start, workflowIdConflictPolicy: 'FAIL' });
    return false;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    await client.workflow.getHandle(child).signal('message', attach);
    return true;
  }
}

const ENDED: Readonly<Record<string, Outcome>> = { COMPLETED: 'completed', FAILED: 'failed', TIMED_OUT: 'failed', CANCELLED: 'cancelled', TERMINATED: 'terminated' };

async function outcomeOf(client: Client, workflowId: string): Promise<Outcome | undefined> {
  try {
    return ENDED[(await client.workflow.getHandle(workflowId).describe()).status.name];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}

/** Whether it is Temporal that cannot be reached, which concerns all that is left to do. */
function isUnreachable(error: unknown): boolean {
  const code = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
  return code === 14 || code === 4;
}
