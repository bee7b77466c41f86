import { EXTRACT_SQL_METADATA, PROGRESS_QUERY, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';

/** A workflow type that the API shows and starts. Workflows of other types do not exist for it. */
export interface RunType {
  readonly name: string;
  readonly taskQueue: string;
  /** Query that answers with the run's progress. */
  readonly progressQuery: string;
}

export const extractSqlMetadataRun: RunType = {
  name: EXTRACT_SQL_METADATA,
  taskQueue: SQL_METADATA_QUEUE,
  progressQuery: PROGRESS_QUERY,
};

export const RUN_TYPES: readonly RunType[] = [extractSqlMetadataRun];

/** The run type of a workflow type, or undefined when the API has nothing to do with it. */
export function runTypeOf(workflowType: string): RunType | undefined {
  return RUN_TYPES.find(({ name }) => name === workflowType);
}
