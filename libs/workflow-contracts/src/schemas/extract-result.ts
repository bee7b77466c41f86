import { Type } from '@sinclair/typebox';
import { closed, count, countsByName } from './building-blocks.js';
import { ObjectRefSchema } from './object-ref.js';

/** Schema of `ExtractSqlMetadataResult`, the result of workflow `extractSqlMetadata`. */
export const ExtractSqlMetadataResultSchema = closed(
  {
    manifest: ObjectRefSchema,
    entities: countsByName({ description: 'Entities by type.' }),
    quarantined: count('Records that could not be transformed.'),
    warnings: count('Things that the role may not read, or that were left out; the manifest lists them.'),
    phaseMillis: Type.Unsafe<Readonly<Record<string, number>>>({
      type: 'object',
      additionalProperties: { type: 'number', minimum: 0 },
      description: 'Wall time of each phase in milliseconds.',
    }),
  },
  { title: 'ExtractSqlMetadataResult' },
);
