import type { TSchema } from '@sinclair/typebox';
import { ExtractSqlMetadataInputSchema } from './extract-input.js';
import { ExtractionManifestSchema } from './manifest.js';

const FILES: Readonly<Record<string, TSchema>> = {
  'extract-sql-metadata-input': ExtractSqlMetadataInputSchema,
  'extraction-manifest': ExtractionManifestSchema,
};

/** The JSON Schema documents that are committed in this package's `schemas` folder, by file name. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(FILES).map(([name, schema]) => {
      const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `urn:tributary:schema:${name}:v1` };
      return [`${name}.schema.json`, `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`];
    }),
  );
}
