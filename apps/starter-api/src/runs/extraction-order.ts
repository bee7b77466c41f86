import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { extractSqlMetadataRun as type } from '../run-types/extract-sql-metadata.js';
import { alreadyRunning } from './already-running.js';
import { connectionWorkflowId } from './run-ids.js';
import type { TemporalUi } from './run-links.js';
import type { RunOrder } from './run-starter.js';
import type { RunningExtractions } from './running-extractions.js';

/** An extraction: one runs per connection at a time, which the workflow id carries where no key is given. */
export function extractionOrder(
  { running, ui }: { readonly running: RunningExtractions; readonly ui: TemporalUi },
  input: ExtractSqlMetadataInput,
  idempotencyKey: string | undefined,
): RunOrder {
  const { qualifiedName: connection } = input.connection;
  return {
    type,
    input,
    labels: { connection },
    workflowId: connectionWorkflowId(connection),
    idempotencyKey,
    exclusion: {
      find: () => running.find(connection),
      refuse: (other) => alreadyRunning(connection, other, ui),
      noteStarted: (run) => { running.noteStarted(connection, run); },
    },
  };
}
