import type { Operation } from '../../session/operations.js';

const BY_SLUG: Readonly<Record<string, Operation>> = {
  'extract-sql-metadata': 'startExtractSqlMetadata',
  'etl-flow': 'startEtlFlow',
  'mock-flow': 'startMockFlow',
};

/** Operations that start runs. */
export const START_OPERATIONS: readonly Operation[] = Object.values(BY_SLUG);

/** The operation that starts runs of a type. @param slug of the type */
export function startOperation(slug: string): Operation | undefined {
  return BY_SLUG[slug];
}
