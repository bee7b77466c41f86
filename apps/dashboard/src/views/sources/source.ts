import type { PlanSqlExtractionInput } from '@tributary/workflow-contracts/sql-metadata';

/** What every question to a source carries. */
export type Source = Pick<PlanSqlExtractionInput, 'source' | 'filters'>;
