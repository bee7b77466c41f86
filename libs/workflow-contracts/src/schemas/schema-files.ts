import type { TSchema } from '@sinclair/typebox';
import { EventSchema } from './etl-event.js';
import { FlowInputSchema, LaunchpadQueryArgsSchema } from './etl-input.js';
import { EtlFlowResultSchema, SubjectReportSchema } from './etl-result.js';
import { ExtractSqlMetadataInputSchema } from './extract-input.js';
import { ExtractionManifestSchema } from './manifest.js';

const FILES: Readonly<Record<string, TSchema>> = {
  'etl-flow-result': EtlFlowResultSchema,
  event: EventSchema,
  'extract-sql-metadata-input': ExtractSqlMetadataInputSchema,
  'extraction-manifest': ExtractionManifestSchema,
  'flow-input': FlowInputSchema,
  'launchpad-query-args': LaunchpadQueryArgsSchema,
  'subject-report': SubjectReportSchema,
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
