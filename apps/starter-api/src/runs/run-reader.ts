import {
  WorkflowContinuedAsNewError,
  WorkflowFailedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { SecretScrubber } from '@tributary/common';
import { RUN_UNKNOWN } from '../errors.js';
import { scrubbed } from '../problems/error-handler.js';
import { readProgress } from '../progress/read-progress.js';
import type { Run } from '../schemas.js';
import { retriedAs } from './retried-as.js';
import { failureDetails, failureProblem } from './failure-problem.js';
import { runLinks, type TemporalUi } from './run-links.js';
import { readLabels } from './run-memo.js';
import { runStatusOf } from './run-status.js';
import type { RunType } from './run-type.js';
import { runTypeOf } from './run-types.js';
import { temporalCall } from './temporal-call.js';

export interface RunReaderOptions {
  readonly client: Client;
  readonly ui: TemporalUi;
  readonly scrubber: SecretScrubber;
}

/** Reads runs out of Temporal, as the API shows them. */
export class RunReader {
  constructor(private readonly options: RunReaderOptions) {}

  /**
   * The run with its progress, result or failure. Without `runId` the latest of its workflow id.
   * @throws CodedError RUN_UNKNOWN, also for workflows of types that are no runs; API_TEMPORAL_UNAVAILABLE
   */
  async read(workflowId: string, runId?: string): Promise<Run> {
    const { description, type } = await this.describe(workflowId, runId);
    const { client, ui, scrubber } = this.options;
    const status = runStatusOf(description.status.name);
    const later = retriedAs(description);
    const run: Run = {
      workflowId: description.workflowId,
      runId: description.runId,
      type: description.type,
      status,
      ...readLabels(description.memo),
      startTime: description.startTime.toISOString(),
      ...(description.closeTime ? { closeTime: description.closeTime.toISOString() } : {}),
      ...(status === 'running' && description.raw.workflowExtendedInfo?.cancelRequested ? { cancelRequested: true } : {}),
      ...(status === 'running' ? await readProgress(client, description, type) : await this.outcome(description, type)),
      ...(later === undefined ? {} : { retriedAs: later }),
      links: runLinks(description.workflowId, description.runId, ui),
    };
    return scrubbed(run, scrubber);
  }

  /** @throws CodedError RUN_UNKNOWN, API_TEMPORAL_UNAVAILABLE */
  async describe(workflowId: string, runId?: string): Promise<{ description: WorkflowExecutionDescription; type: RunType }> {
    const { client } = this.options;
    const description = await temporalCall(client, () => client.workflow.getHandle(workflowId, runId).describe());
    const type = runTypeOf(description.type);
    if (!type) throw RUN_UNKNOWN();
    return { description, type };
  }

  /**
   * Result or failure of a run that has ended; neither when it was cancelled or goes on as another. Both when it failed
   * because its result lacks something.
   */
  private async outcome({ workflowId, runId }: WorkflowExecutionDescription, type: RunType): Promise<Pick<Run, 'result' | 'failure'>> {
    const { client } = this.options;
    const handle = client.workflow.getHandle(workflowId, runId, { followRuns: false });
    try {
      const result = type.readResult(await temporalCall<unknown>(client, () => handle.result()));
      return result ? { result } : {};
    } catch (error) {
      if (error instanceof WorkflowContinuedAsNewError) return {};
      if (!(error instanceof WorkflowFailedError)) throw error;
      if (error.cause?.name === 'CancelledFailure') return {};
      const [result] = failureDetails(error.cause).flatMap((detail) => type.readResult(detail) ?? []);
      return { failure: failureProblem(error.cause), ...(result ? { result } : {}) };
    }
  }
}
