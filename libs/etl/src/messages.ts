import type { ObjectRef } from '@tributary/common';
import type { EtlFlowResult, EventCounts, EventsTable, FlowInput, SummarizeEventsInput } from '@tributary/workflow-contracts/etl';

/** What every activity of a run is told of it. */
export interface FlowRun {
  /** Workflow type. */
  readonly flow: string;
  /** Names the run in the ledger: workflow id and run id. */
  readonly key: string;
  /** Start of the run, epoch milliseconds. */
  readonly startedAt: number;
  readonly input: FlowInput;
}

export interface PlannedFlow {
  /** The run that was planned, which a workflow goes on with also after a reset. */
  readonly run: Pick<FlowRun, 'key' | 'startedAt'>;
  readonly query: EtlFlowResult['query'];
  readonly window: EtlFlowResult['window'];
  /** The source's stages in order. */
  readonly stages: readonly string[];
  /** Units of the first stage that the run begins with. */
  readonly units: number;
  /** Fraction of the run's records that may be put aside in a green run. */
  readonly quarantineThreshold: number;
  /** After how long without progress a stage is given to another worker, in milliseconds. */
  readonly heartbeatTimeoutMs: number;
}

export interface StageRequest {
  readonly run: FlowRun;
  readonly stage: string;
}

/** How far a stage is, or was when it ended. */
export interface StageProgress {
  /** Units of the stage that have ended, well or badly. */
  readonly done: number;
  readonly total: number;
  /** Events of the whole run so far. */
  readonly events: EventCounts;
}

/** Heartbeat of a stage: what watchers see, and where the next attempt looks for units first. */
export interface StageHeartbeat extends StageProgress {
  readonly stage: string;
  /** Last key of the units that have failed in a row. */
  readonly after?: string;
  /** Attempts in a row in which the source gave nothing. */
  readonly idle?: number;
}

/** What a run brought, with the report of its subjects. */
export interface FlowReport extends Omit<EtlFlowResult, 'query' | 'window' | 'phaseMillis' | 'report'> {
  readonly report: ObjectRef;
}

export interface CloseRequest {
  readonly run: FlowRun;
  readonly outcome: 'done' | 'failed';
}

/** The activities of a flow that extracts, transforms and loads. */
export interface EtlActivities {
  /** Validates the input, opens the run and adds the units that it begins with. */
  planFlow(run: FlowRun): Promise<PlannedFlow>;
  /** Reads all units of a stage, and loads what they bring. */
  runStage(request: StageRequest): Promise<StageProgress>;
  /** Sums up the run and stores its report. */
  reportFlow(run: FlowRun): Promise<FlowReport>;
  /** Keeps the marks of what ended well and closes the run; events that are loaded stay. */
  closeFlow(request: CloseRequest): Promise<EventCounts>;
}

/** The activity of the workflow that sums events up. */
export interface SummaryActivities {
  /** Validates the input, and counts the events of its weeks. */
  summarizeEvents(input: SummarizeEventsInput): Promise<EventsTable>;
}
