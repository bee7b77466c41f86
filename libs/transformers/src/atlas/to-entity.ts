import type { CatalogKind, CatalogRecord, CatalogRecords } from '@tributary/workflow-contracts/sql-metadata';
import { columnEntity } from './entities/column.js';
import { constraintEntity } from './entities/constraint.js';
import { databaseEntity } from './entities/database.js';
import { indexEntity } from './entities/index-entity.js';
import { relationEntity } from './entities/relation.js';
import { routineEntity } from './entities/routine.js';
import { schemaEntity } from './entities/schema.js';
import { sequenceEntity } from './entities/sequence.js';
import type { AtlasEntity, EntityContext } from './entity.js';

const TRANSFORMERS: { readonly [K in CatalogKind]: (record: CatalogRecords[K], context: EntityContext) => AtlasEntity } = {
  database: databaseEntity,
  schema: schemaEntity,
  relation: relationEntity,
  column: columnEntity,
  constraint: constraintEntity,
  index: indexEntity,
  sequence: sequenceEntity,
  routine: routineEntity,
};

/**
 * The entity of one catalog record of `kind`.
 * @throws CodedError RECORD_INVALID (skip) when a field that it needs has no usable value
 */
export function toEntity<K extends CatalogKind>(kind: K, record: CatalogRecord<K>, context: EntityContext): AtlasEntity {
  const transform = TRANSFORMERS[kind] as (record: CatalogRecord<K>, context: EntityContext) => AtlasEntity;
  return transform(record, context);
}
