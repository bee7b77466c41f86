import type { FlowInput } from '@tributary/workflow-contracts/etl';
import type { ExtractSqlMetadataInput } from '@tributary/workflow-contracts/sql-metadata';
import { CONFIGURATION_OUTDATED } from '../errors.js';
import { extractSqlMetadataRun } from '../run-types/extract-sql-metadata.js';
import { extractionOrder } from '../runs/extraction-order.js';
import { flowOrder } from '../runs/flow-order.js';
import type { RunOrder } from '../runs/run-starter.js';
import { RUN_TYPES } from '../runs/run-types.js';
import type { ApiServices } from '../services.js';
import type { SavedConfiguration } from './configuration-store.js';

/**
 * The run that a saved configuration stands for.
 * @throws CodedError CONFIGURATION_OUTDATED when its run type is not known any more
 */
export function configurationOrder(
  services: Pick<ApiServices, 'running' | 'ui'>,
  { name, value }: SavedConfiguration,
  idempotencyKey: string | undefined,
): RunOrder {
  const type = RUN_TYPES.find(({ slug }) => slug === value.runType);
  if (!type) throw CONFIGURATION_OUTDATED({ name, runType: value.runType });
  // Checked against the schema of its type when it was saved; the worker checks it once more.
  const input: unknown = value.input;
  if (type === extractSqlMetadataRun) return extractionOrder(services, input as ExtractSqlMetadataInput, idempotencyKey);
  return flowOrder(type, input as FlowInput, idempotencyKey);
}
