export { extractSqlMetadata, progressQuery } from './extract-sql-metadata.js';
