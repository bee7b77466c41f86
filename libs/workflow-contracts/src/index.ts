export * as sqlMetadata from './sql-metadata/index.js';
export * as etl from './etl/index.js';
