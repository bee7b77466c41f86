import type { CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import type { KindQuery, QueryContext } from '../kind-query.js';
import { columnQuery } from './column.js';
import { constraintQuery } from './constraint.js';
import { databaseQuery } from './database.js';
import { indexQuery } from './index-query.js';
import { relationQuery } from './relation.js';
import { routineQuery } from './routine.js';
import { schemaQuery } from './schema.js';
import { sequenceQuery } from './sequence.js';

/** The query of each kind. */
export const KIND_QUERIES: Readonly<Record<CatalogKind, (context: QueryContext) => KindQuery>> = {
  database: databaseQuery,
  schema: schemaQuery,
  relation: relationQuery,
  column: columnQuery,
  constraint: constraintQuery,
  index: indexQuery,
  sequence: sequenceQuery,
  routine: routineQuery,
};
