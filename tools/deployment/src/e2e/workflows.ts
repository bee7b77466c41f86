// What the workers of the test run: the real workflows, short ones and live entities.
export { EtlFlow, MockFlow, summarizeEvents } from '@tributary/etl/workflows';
export { browseSqlSource, checkSqlSource, extractSqlMetadata, planSqlExtraction } from '@tributary/sql-metadata/workflows';
export { DatasetWorkflow, OrganizationWorkflow, RepositoryWorkflow, SourceWorkflow } from '@tributary/stateful-hierarchy/workflows';
