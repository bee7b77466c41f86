export * as sqlMetadata from './sql-metadata/index.js';
