import { Type } from '@sinclair/typebox';
import { RUN_TYPES } from '../runs/run-types.js';
import { ref, refTo } from '../schema-ref.js';

/** Which shared schema the input of a run type has, by slug. */
const INPUTS: Readonly<Record<string, string>> = {
  'extract-sql-metadata': 'ExtractSqlMetadataInput',
  'etl-flow': 'FlowInput',
  'mock-flow': 'FlowInput',
};

/** `runType` of a message, and what its `input` then has to be. */
export const runTypeSlug = Type.Unsafe<string>({ type: 'string', enum: RUN_TYPES.map(({ slug }) => slug), description: 'Slug of a run type.' });
export const inputByRunType = RUN_TYPES.map(({ slug }) => ({
  if: { type: 'object', properties: { runType: { const: slug } }, required: ['runType'] },
  then: { type: 'object', properties: { input: refTo(INPUTS[slug] ?? slug) } },
}));

const anyInput = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  additionalProperties: true,
  description: 'Input of the run, by the schema of its type. Holds references to secrets, never credentials.',
});

const description = Type.Optional(Type.String({ maxLength: 1_000, description: 'What it is for.' }));

export const ConfigurationBodySchema = Type.Object(
  { description, runType: runTypeSlug, input: anyInput },
  {
    $id: 'ConfigurationBody',
    additionalProperties: false,
    allOf: inputByRunType,
    examples: [
      {
        description: 'The warehouse, every night',
        runType: 'extract-sql-metadata',
        input: {
          connection: { name: 'Warehouse', qualifiedName: 'default/postgres/1745501106' },
          source: { type: 'postgres', host: 'warehouse.example.com', user: 'reader', password: 'secret://local/warehouse#password' },
        },
      },
    ],
  },
);

const saved = {
  name: Type.String(),
  description,
  runType: Type.String({ description: 'Slug of the run type.' }),
  etag: Type.String({ description: 'For If-Match, in quotes as it is.' }),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
  links: Type.Object({ self: Type.String(), start: Type.String({ description: 'POST starts a run with it.' }) }),
};

export const ConfigurationSummarySchema = Type.Object(saved, { $id: 'ConfigurationSummary' });

export const ConfigurationSchema = Type.Object({ ...saved, input: anyInput }, { $id: 'Configuration' });

export const ConfigurationListSchema = Type.Object(
  {
    configurations: Type.Array(ref(ConfigurationSummarySchema)),
    nextPageToken: Type.Optional(Type.String({ description: 'Pass as pageToken for what follows; absent at the end.' })),
  },
  { $id: 'ConfigurationList' },
);

/** Name of what is saved: also a segment of paths and of keys in the state store. */
export const savedName = Type.String({ pattern: '^[a-z0-9-]{1,64}$', description: 'Lower-case letters, digits and hyphens, up to 64.' });

export const configurationSchemas = [ConfigurationBodySchema, ConfigurationSummarySchema, ConfigurationSchema, ConfigurationListSchema];
