export { browseSqlSource } from './browse-sql-source.js';
export { checkSqlSource } from './check-sql-source.js';
export { extractSqlMetadata, progressQuery } from './extract-sql-metadata.js';
export { planSqlExtraction } from './plan-sql-extraction.js';
