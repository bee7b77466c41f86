import type { TSchema } from '@sinclair/typebox';
import { EventSchema } from './etl-event.js';
import { FlowInputSchema, LaunchpadQueryArgsSchema } from './etl-input.js';
import { EtlFlowResultSchema, SubjectReportSchema } from './etl-result.js';
import { ExtractSqlMetadataInputSchema } from './extract-input.js';
import { EventsTableSchema, SummarizeEventsInputSchema } from './etl-summary.js';
import { ExtractionManifestSchema } from './manifest.js';
import { BrowseSqlSourceInputSchema, BrowseSqlSourceResultSchema } from './source-browse.js';
import { CheckSqlSourceInputSchema, SourceCheckSchema } from './source-check.js';
import { PlanSqlExtractionInputSchema, SqlExtractionPlanSchema } from './source-plan.js';

const FILES: Readonly<Record<string, TSchema>> = {
  'browse-sql-source-input': BrowseSqlSourceInputSchema,
  'browse-sql-source-result': BrowseSqlSourceResultSchema,
  'check-sql-source-input': CheckSqlSourceInputSchema,
  'etl-flow-result': EtlFlowResultSchema,
  event: EventSchema,
  'events-table': EventsTableSchema,
  'extract-sql-metadata-input': ExtractSqlMetadataInputSchema,
  'extraction-manifest': ExtractionManifestSchema,
  'flow-input': FlowInputSchema,
  'launchpad-query-args': LaunchpadQueryArgsSchema,
  'plan-sql-extraction-input': PlanSqlExtractionInputSchema,
  'source-check': SourceCheckSchema,
  'sql-extraction-plan': SqlExtractionPlanSchema,
  'subject-report': SubjectReportSchema,
  'summarize-events-input': SummarizeEventsInputSchema,
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
