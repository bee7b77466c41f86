import type { ObjectRef } from '@tributary/common';
import type {
  BrowseSqlSourceInput,
  BrowseSqlSourceResult,
  CatalogKind,
  CheckSqlSourceInput,
  ExtractSqlMetadataInput,
  ManifestShard,
  PlanSqlExtractionInput,
  QuarantineSummary,
  ScopeReport,
  SourceCheck,
  SqlExtractionPlan,
  StageCounts,
} from '@tributary/workflow-contracts/sql-metadata';

/** What every activity of a run is told of it. */
export interface RunContext {
  readonly workflowId: string;
  readonly runId: string;
  /** Start of the run, epoch milliseconds. */
  readonly startedAt: number;
  readonly input: ExtractSqlMetadataInput;
}

export interface CheckedSource {
  readonly serverVersion: string;
  /** Databases to extract, in order of name. */
  readonly databases: readonly string[];
  /** Databases that are selected and cannot be read. */
  readonly reports: readonly ScopeReport[];
}

export interface DatabaseRequest {
  readonly run: RunContext;
  readonly database: string;
}

export interface DatabasePlan {
  /** Rows that the source counts, by kind. */
  readonly counts: Readonly<Record<CatalogKind, number>>;
}

export interface BatchRequest extends DatabaseRequest {
  readonly kind: CatalogKind;
  /** Which reading of the database this is: 1, or more after its catalog changed under the first. */
  readonly pass: number;
}

/** Small result of a batch; its shards are listed in the document that `batch` refers to. */
export interface BatchResult {
  readonly batch: ObjectRef;
  readonly counts: StageCounts;
}

/** The document behind a batch: complete, or as far as a checkpoint got. */
export interface BatchDocument {
  readonly counts: StageCounts;
  readonly entitiesByType: Readonly<Record<string, number>>;
  readonly quarantine: readonly QuarantineSummary[];
  readonly shards: readonly ManifestShard[];
  /** Sum of the columns that the relations say they have; of relation batches. */
  readonly columnsExpected?: number;
  /** Digest of the relations that the batch's snapshot of the catalog had. */
  readonly relations?: string;
  /** Last record read; null before the first. */
  readonly cursor: readonly (string | number)[] | null;
}

/** Heartbeat of a batch: how far it is, and where a next attempt goes on. */
export interface BatchHeartbeat {
  readonly batch: { readonly database: string; readonly kind: CatalogKind };
  readonly done: number;
  readonly total: number;
  readonly checkpoint?: ObjectRef;
}

export interface VerifyRequest extends DatabaseRequest {
  readonly batches: readonly ObjectRef[];
}

/** Outcome of verifying a database: published as it is, or read again because the catalog moved. */
export type VerifiedDatabase =
  | { readonly consistent: true; readonly document: ObjectRef; readonly entities: Readonly<Record<string, number>>; readonly quarantined: number; readonly reports: number }
  | { readonly consistent: false; readonly detail: string };

/** Everything that the manifest says of one database. */
export interface DatabaseDocument {
  readonly database: string;
  readonly counts: readonly StageCounts[];
  readonly entitiesByType: Readonly<Record<string, number>>;
  readonly quarantine: readonly QuarantineSummary[];
  readonly reports: readonly ScopeReport[];
  readonly shards: readonly ManifestShard[];
}

export interface PublishRequest {
  readonly run: RunContext;
  /** End of extraction in workflow time, epoch milliseconds: a repeated publication writes the same manifest. */
  readonly finishedAt: number;
  readonly serverVersion: string;
  readonly databases: readonly ObjectRef[];
  readonly reports: readonly ScopeReport[];
}

/** The activities of an extraction, as its workflow calls them. */
export interface SqlMetadataActivities {
  /** Validates the input, signs in, and finds the databases to extract. */
  checkSource(run: RunContext): Promise<CheckedSource>;
  /** Counts what a database holds, by kind. */
  planDatabase(request: DatabaseRequest): Promise<DatabasePlan>;
  /** Reads one kind of one database into shards; resumes from the last heartbeat's checkpoint. */
  extractBatch(request: BatchRequest): Promise<BatchResult>;
  /** Checks that a database's counts add up and that its stored shards are what was written. */
  verifyDatabase(request: VerifyRequest): Promise<VerifiedDatabase>;
  /** Writes the manifest, then the state, then the event. */
  publishRun(request: PublishRequest): Promise<ObjectRef>;
  /** Deletes what a run left behind and no reader will read: all staged shards, if it was not published. */
  tidyRun(run: RunContext): Promise<void>;
}

/** The activities of the workflows that look at a source without extracting it. */
export interface SqlSourceActivities {
  /** Runs the steps of a check in order; what fails is in its result. */
  checkSqlSource(input: CheckSqlSourceInput): Promise<SourceCheck>;
  /** Lists a page of one level. */
  browseSqlSource(input: BrowseSqlSourceInput): Promise<BrowseSqlSourceResult>;
  /** Counts what an extraction would have, and lists a page of objects with their verdicts. */
  planSqlExtraction(input: PlanSqlExtractionInput): Promise<SqlExtractionPlan>;
}
