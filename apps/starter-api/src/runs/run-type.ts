import type { EtlFlowResult, FlowProgress } from '@tributary/workflow-contracts/etl';
import type { ExtractionProgress, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import type { RetryRule } from './retry-point.js';

export type RunProgress = ExtractionProgress | FlowProgress;
export type RunResult = ExtractSqlMetadataResult | EtlFlowResult;

/** A workflow type that the API shows and starts. Workflows of other types do not exist for it. */
export interface RunType {
  readonly name: string;
  /** First words of its workflow ids, and last segment of the route that starts it. */
  readonly slug: string;
  readonly title: string;
  /** What it does, for people who choose. */
  readonly description: string;
  /** JSON Schema of its input, without references to others. The first of its examples is the one to show. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly taskQueue: string;
  /** Whether one at a time runs per connection. */
  readonly exclusive: boolean;
  /** From where on a retry does the work again. */
  readonly retry: RetryRule;
  /** Query that answers with the run's progress. */
  readonly progressQuery: string;
  /**
   * The answer of the query, with what the heartbeats of the run's activities say beside it. Undefined when the answer has
   * a form of which nothing is known here.
   * @param elapsedMs time since the run started
   */
  readProgress(answer: unknown, heartbeats: readonly unknown[], elapsedMs: number): RunProgress | undefined;
  /** A result of the run; undefined when it has another form. */
  readResult(value: unknown): RunResult | undefined;
}
