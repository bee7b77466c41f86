import { Type } from '@sinclair/typebox';
import { CATALOG_KINDS, type CatalogKind } from '../sql-metadata/kinds.js';
import { SOURCE_OBJECT_KINDS } from '../sql-metadata/source-verdict.js';
import { closed, count, list, oneOf } from './building-blocks.js';
import { SqlSourceSchema } from './extract-input.js';
import { FiltersSchema } from './filters.js';
import { databasesOmitted, pageCursor, pageLimit } from './source-pages.js';
import { VerdictSchema } from './source-verdict.js';

/** Schema of `PlanSqlExtractionInput`, the input of workflow `planSqlExtraction`. */
export const PlanSqlExtractionInputSchema = closed(
  {
    source: SqlSourceSchema,
    filters: Type.Optional(FiltersSchema),
    after: Type.Optional(pageCursor('`next` of the page before.')),
    limit: Type.Optional(pageLimit('Objects per page.')),
  },
  { title: 'PlanSqlExtractionInput', description: 'A source whose extraction is to be planned.' },
);

const counts = Type.Unsafe<Readonly<Record<CatalogKind, number>>>({
  type: 'object',
  properties: Object.fromEntries(CATALOG_KINDS.map((kind) => [kind, { type: 'integer', minimum: 0 }])),
  required: [...CATALOG_KINDS],
  additionalProperties: false,
  description: 'Records by kind that an extraction has of it; absent when it is not selected or not readable.',
});

/** Schema of `SqlExtractionPlan`, the result of workflow `planSqlExtraction`. */
export const SqlExtractionPlanSchema = closed(
  {
    serverVersion: Type.String(),
    databases: list(closed({ name: Type.String(), verdict: VerdictSchema, counts: Type.Optional(counts) }, { title: 'PlannedDatabase' })),
    databasesOmitted,
    objects: list(
      closed(
        {
          database: Type.String(),
          schema: Type.String(),
          name: Type.String(),
          kind: oneOf(SOURCE_OBJECT_KINDS),
          signature: Type.Optional(Type.String({ description: 'Argument types of a routine.' })),
          verdict: VerdictSchema,
        },
        { title: 'PlannedObject' },
      ),
    ),
    next: Type.Optional(pageCursor('Where the next page begins; absent on the last.')),
    totals: closed({
      selected: count('Objects that an extraction has.'),
      excluded: count('Objects of the same databases that the filters leave out.'),
      unreadable: count('Selected databases that the role cannot read; nobody can count their objects.'),
    }),
  },
  { title: 'SqlExtractionPlan', description: 'What an extraction would have, and why each object is in or out.' },
);
