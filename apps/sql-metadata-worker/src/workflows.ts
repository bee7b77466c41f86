export { extractSqlMetadata } from '@tributary/sql-metadata/workflows';
