export * as sqlMetadata from './sql-metadata/index.js';
export * as etl from './etl/index.js';
export { RUN_SEARCH_ATTRIBUTES } from './run-search-attributes.js';
