import { Type } from '@sinclair/typebox';
import { SOURCE_OBJECT_KINDS } from '../sql-metadata/source-verdict.js';
import { closed, list, oneOf, sqlName } from './building-blocks.js';
import { SqlSourceSchema } from './extract-input.js';
import { FiltersSchema } from './filters.js';
import { pageCursor, pageLimit } from './source-pages.js';
import { VerdictSchema } from './source-verdict.js';

/** Schema of `BrowseSqlSourceInput`, the input of workflow `browseSqlSource`. */
export const BrowseSqlSourceInputSchema = closed(
  {
    source: SqlSourceSchema,
    filters: Type.Optional(FiltersSchema),
    database: Type.Optional(sqlName('Lists the schemas of this database.')),
    schema: Type.Optional(sqlName('Lists the objects of this schema.')),
    search: Type.Optional(
      Type.String({ minLength: 1, maxLength: 63, pattern: '^[^\\u0000]+$', description: 'Part of the name, in either case.' }),
    ),
    after: Type.Optional(pageCursor('`next` of the page before.')),
    limit: Type.Optional(pageLimit('Items per page; a page of long comments has fewer.')),
  },
  {
    title: 'BrowseSqlSourceInput',
    description: 'Without database the databases of the server are listed, with it its schemas, with schema too its objects.',
    // A schema is one of a database.
    anyOf: [
      { type: 'object', properties: { database: {} }, required: ['database'] },
      { not: { type: 'object', properties: { schema: {} }, required: ['schema'] } },
    ],
  },
);

const SourceItemSchema = closed(
  {
    name: Type.String(),
    kind: oneOf(['database', 'schema', ...SOURCE_OBJECT_KINDS]),
    verdict: VerdictSchema,
    signature: Type.Optional(Type.String({ description: 'Argument types of a routine.' })),
    rowsEstimate: Type.Optional(Type.Number({ minimum: 0, description: "The planner's estimate of rows." })),
    comment: Type.Optional(Type.String({ description: 'At most 500 characters; a longer one ends in an ellipsis.' })),
  },
  { title: 'SourceItem' },
);

/** Schema of `BrowseSqlSourceResult`. */
export const BrowseSqlSourceResultSchema = closed(
  {
    level: oneOf(['databases', 'schemas', 'objects']),
    items: list(SourceItemSchema),
    next: Type.Optional(pageCursor('Where the next page begins; absent on the last.')),
  },
  { title: 'BrowseSqlSourceResult', description: 'One page of a level of a source.' },
);
