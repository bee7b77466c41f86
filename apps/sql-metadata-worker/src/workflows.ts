export { browseSqlSource, checkSqlSource, extractSqlMetadata, planSqlExtraction } from '@tributary/sql-metadata/workflows';
