export { execute } from './catalog-test-bed.js';
export { generateCatalog } from './generate-catalog.js';
export type { GeneratedCounts, GeneratedSize } from './generate-catalog.js';
export { ODD_NAMES } from './odd-names.js';
export { SAMPLE_ARCHIVE, SAMPLE_READER, installSample, sampleSql } from './sample.js';
export type { InstallOptions } from './sample.js';
