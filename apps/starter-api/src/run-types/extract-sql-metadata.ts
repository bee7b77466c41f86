import { ExtractionProgressSchema, ExtractSqlMetadataResultSchema } from '@tributary/workflow-contracts/schemas';
import { EXTRACT_SQL_METADATA, PROGRESS_QUERY, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import { batchHeartbeats } from '../progress/batch-heartbeats.js';
import { mergeProgress } from '../progress/merge-progress.js';
import type { RunType } from '../runs/run-type.js';
import { contractCheck } from '../validation.js';

const isProgress = contractCheck(ExtractionProgressSchema);
const isResult = contractCheck(ExtractSqlMetadataResultSchema);

export const extractSqlMetadataRun: RunType = {
  name: EXTRACT_SQL_METADATA,
  slug: 'extract-sql-metadata',
  taskQueue: SQL_METADATA_QUEUE,
  progressQuery: PROGRESS_QUERY,
  readProgress: (answer, heartbeats, elapsedMs) =>
    isProgress(answer) ? mergeProgress(answer, batchHeartbeats(heartbeats), elapsedMs) : undefined,
  readResult: (value) => (isResult(value) ? value : undefined),
};
