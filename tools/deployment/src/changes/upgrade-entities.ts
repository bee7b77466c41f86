import { WorkflowNotFoundError, type WorkflowExecutionInfo } from '@temporalio/client';
import { UPGRADE_SIGNAL } from '@tributary/stateful-workflow/client';
import { DEPLOYMENT_ENTITIES_UNKNOWN } from '../errors.js';
import type { DeploymentTarget } from '../versions/deployment.js';
import { listOpen } from '../versions/open-workflows.js';

/** Signals under way at a time. */
const LANES = 20;

/** Asks live entities that are pinned to a build to go on in the current one. */
export class EntityUpgrade {
  /** By workflow type, whether its workflows take the signal. */
  private readonly entityTypes = new Map<string, boolean>();
  /** Runs that have been asked. A run that goes on is another one, which may still be pinned to the same build. */
  private readonly asked = new Set<string>();

  /** `entities`: types of live entities. @default what the workflows themselves say */
  constructor(
    private readonly target: DeploymentTarget,
    private readonly buildId: string,
    private readonly entities?: readonly string[],
  ) {}

  /** How many were asked so far. */
  get count(): number {
    return this.asked.size;
  }

  /**
   * Asks all that were not asked yet.
   * @throws CodedError DEPLOYMENT_ENTITIES_UNKNOWN
   */
  async ask(): Promise<void> {
    let lane: Promise<void>[] = [];
    for await (const workflow of listOpen(this.target, this.buildId)) {
      if (this.asked.has(workflow.runId) || !(await this.isEntity(workflow))) continue;
      this.asked.add(workflow.runId);
      const signalled = this.signal(workflow);
      // It may fail while the next one is still being listed.
      signalled.catch(() => undefined);
      lane.push(signalled);
      if (lane.length < LANES) continue;
      await Promise.all(lane);
      lane = [];
    }
    await Promise.all(lane);
  }

  private async isEntity(workflow: WorkflowExecutionInfo): Promise<boolean> {
    if (this.entities) return this.entities.includes(workflow.type);
    const known = this.entityTypes.get(workflow.type);
    if (known !== undefined) return known;
    const takes = await this.takesSignal(workflow);
    if (takes !== undefined) this.entityTypes.set(workflow.type, takes);
    return takes ?? false;
  }

  /** Undefined when it ended meanwhile. */
  private async takesSignal({ workflowId, runId }: WorkflowExecutionInfo): Promise<boolean | undefined> {
    try {
      const metadata = await this.target.client.workflow.getHandle(workflowId, runId).query<Metadata>('__temporal_workflow_metadata');
      return metadata.definition?.signalDefinitions?.some(({ name }) => name === UPGRADE_SIGNAL) ?? false;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw DEPLOYMENT_ENTITIES_UNKNOWN({ workflowId, reason: (error as Error).message }, { cause: error });
    }
  }

  private async signal({ workflowId, runId }: WorkflowExecutionInfo): Promise<void> {
    try {
      await this.target.client.workflow.getHandle(workflowId, runId).signal(UPGRADE_SIGNAL);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return;
      this.asked.delete(runId);
      throw error;
    }
  }
}

interface Metadata {
  readonly definition?: { readonly signalDefinitions?: readonly { readonly name?: string }[] };
}
