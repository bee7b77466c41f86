import type { EtlFlowResult, FlowProgress } from '@tributary/workflow-contracts/etl';
import type { ExtractionProgress, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import type { Problem } from './problem.js';

export const RUN_STATUSES = ['running', 'completed', 'failed', 'cancelled', 'terminated', 'timed-out', 'continued-as-new'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** Paths of what belongs to a run, relative to this page's origin. */
export interface RunLinks {
  readonly self: string;
  readonly progress: string;
  readonly artifacts: string;
  readonly temporalUi?: string;
}

export interface RunStarted {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: RunStatus;
  readonly links: RunLinks;
}

export interface RunSummary extends RunStarted {
  /** Qualified name of the connection, of extractions. */
  readonly connection?: string;
  /** What a flow reads: team/some-team. */
  readonly subject?: string;
  /** RFC 3339. */
  readonly startTime: string;
  readonly closeTime?: string;
}

export type RunProgress = ExtractionProgress | FlowProgress;

export interface Run extends RunSummary {
  readonly cancelRequested?: boolean;
  readonly progress?: RunProgress;
  readonly progressUnavailable?: Problem;
  readonly result?: ExtractSqlMetadataResult | EtlFlowResult;
  readonly failure?: Problem;
}

export interface RunList {
  readonly runs: readonly RunSummary[];
  readonly nextPageToken?: string;
}

export interface Artifact {
  readonly key: string;
  readonly href: string;
  readonly content: 'entities' | 'raw' | 'quarantine' | 'report';
  readonly database?: string;
  readonly kind?: string;
  readonly typeName?: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
}

export interface ArtifactList {
  readonly manifest?: { readonly key: string; readonly href: string; readonly sha256: string; readonly bytes: number };
  readonly artifacts: readonly Artifact[];
}

/** A kind of run, with what it takes to start one. */
export interface RunType {
  /** Workflow type. */
  readonly name: string;
  /** Last segment of the path that starts it. */
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly taskQueue: string;
  /** JSON Schema of its input, without references. */
  readonly input: unknown;
  readonly example: unknown;
}
