import { ExtractionProgressSchema, ExtractSqlMetadataInputSchema, ExtractSqlMetadataResultSchema } from '@tributary/workflow-contracts/schemas';
import { EXTRACT_SQL_METADATA, PROGRESS_QUERY, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import { batchHeartbeats } from '../progress/batch-heartbeats.js';
import { mergeProgress } from '../progress/merge-progress.js';
import type { RunType } from '../runs/run-type.js';
import { wholeSchema } from './whole-schema.js';
import { contractCheck } from '../validation.js';

const isProgress = contractCheck(ExtractionProgressSchema);
const isResult = contractCheck(ExtractSqlMetadataResultSchema);

export const extractSqlMetadataRun: RunType = {
  name: EXTRACT_SQL_METADATA,
  slug: 'extract-sql-metadata',
  title: 'Extract the catalog of a SQL server',
  description:
    'Reads databases, schemas, tables, columns, keys, indexes, sequences and routines of a PostgreSQL server, and publishes them as Atlas entities with a manifest. One extraction per connection runs at a time.',
  input: wholeSchema(ExtractSqlMetadataInputSchema),
  taskQueue: SQL_METADATA_QUEUE,
  exclusive: true,
  // A run that ends otherwise than well deletes what it has staged; what a terminated one left is of another run's keys
  // and of another moment of the catalog. What was found and planned before is kept.
  retry: { redo: 'extractBatch' },
  progressQuery: PROGRESS_QUERY,
  readProgress: (answer, heartbeats, elapsedMs) =>
    isProgress(answer) ? mergeProgress(answer, batchHeartbeats(heartbeats), elapsedMs) : undefined,
  readResult: (value) => (isResult(value) ? value : undefined),
};
