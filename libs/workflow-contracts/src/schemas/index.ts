export { ConnectionSchema, ExtractSqlMetadataInputSchema, SqlSourceSchema } from './extract-input.js';
export { BatchProgressSchema, ExtractionProgressSchema } from './extract-progress.js';
export { ExtractSqlMetadataResultSchema } from './extract-result.js';
export { FilterRuleSchema, FiltersSchema } from './filters.js';
export { isCredentialName } from './credential-patterns.js';
export { findCredential } from './find-credential.js';
export { ExtractionManifestSchema, ManifestShardSchema } from './manifest.js';
export { ObjectRefSchema } from './object-ref.js';
export { schemaFiles } from './schema-files.js';
