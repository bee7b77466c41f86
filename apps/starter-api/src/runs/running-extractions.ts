import type { Client } from '@temporalio/client';
import { isCodedError } from '@tributary/common';
import { RUN_UNKNOWN } from '../errors.js';
import { connectionWorkflowId } from './run-ids.js';
import { readMemo } from './run-memo.js';
import { extractSqlMetadataRun } from '../run-types/extract-sql-metadata.js';
import { temporalCall } from './temporal-call.js';

/** Running extractions that are looked through; a namespace with more has them under ids of their connections. */
const LOOKED_THROUGH = 1_000;

/** How long a list of running extractions serves all who ask, in milliseconds: starts must not cost a list each. */
const FRESH_MS = 500;

export interface RunningExtraction {
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * Finds the running extraction of a connection. One under the connection's own workflow id is found for certain. One
 * that was started with an Idempotency-Key is found for certain by the process that started it, and by others through
 * visibility, which follows by fractions of a second: within them two starts may both go through, and each then
 * publishes under keys of its own.
 */
export class RunningExtractions {
  /** What this process started lately: visibility may not have it yet. */
  private readonly started = new Map<string, RunningExtraction>();
  private snapshot: { readonly since: number; readonly byConnection: Promise<ReadonlyMap<string, RunningExtraction>> } | undefined;

  constructor(private readonly client: Client) {}

  /** @throws CodedError API_TEMPORAL_UNAVAILABLE */
  async find(connection: string): Promise<RunningExtraction | undefined> {
    const noted = this.started.get(connection);
    const [own, started, listed] = await Promise.all([
      this.ifRunning(connectionWorkflowId(connection)),
      noted && this.ifRunning(noted.workflowId, noted.runId),
      this.list().then((runs) => runs.get(connection)),
    ]);
    // What visibility says may have ended since.
    return own ?? started ?? (listed && this.ifRunning(listed.workflowId, listed.runId));
  }

  /** Notes a start, for `find`. */
  noteStarted(connection: string, run: RunningExtraction): void {
    this.started.delete(connection);
    this.started.set(connection, run);
    const oldest = this.started.keys().next();
    if (this.started.size > LOOKED_THROUGH && !oldest.done) this.started.delete(oldest.value);
  }

  private async ifRunning(workflowId: string, runId?: string): Promise<RunningExtraction | undefined> {
    try {
      const description = await temporalCall(this.client, () => this.client.workflow.getHandle(workflowId, runId).describe());
      return description.status.name === 'RUNNING' ? { workflowId, runId: description.runId } : undefined;
    } catch (error) {
      if (isCodedError(error) && error.code === RUN_UNKNOWN.code) return undefined;
      throw error;
    }
  }

  private list(): Promise<ReadonlyMap<string, RunningExtraction>> {
    const now = Date.now();
    if (!this.snapshot || now - this.snapshot.since > FRESH_MS) {
      const byConnection = this.read();
      this.snapshot = { since: now, byConnection };
      byConnection.catch(() => (this.snapshot = undefined));
    }
    return this.snapshot.byConnection;
  }

  private async read(): Promise<ReadonlyMap<string, RunningExtraction>> {
    const query = `WorkflowType = '${extractSqlMetadataRun.name}' AND ExecutionStatus = 'Running'`;
    const runs = new Map<string, RunningExtraction>();
    return temporalCall(this.client, async () => {
      let looked = 0;
      for await (const { workflowId, runId, memo } of this.client.workflow.list({ query, pageSize: LOOKED_THROUGH })) {
        const { connection } = readMemo(memo);
        if (connection !== undefined) runs.set(connection, { workflowId, runId });
        if (++looked >= LOOKED_THROUGH) break;
      }
      return runs;
    });
  }
}
