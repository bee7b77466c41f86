import type { CatalogKind, EntityType, RelationPointer, RelationType } from '@tributary/workflow-contracts/sql-metadata';
import { referenceTo, type AtlasReference, type EntityContext } from '../entity.js';
import { RECORD_INVALID } from '../errors.js';
import { encodeSegment } from '../qualified-name.js';

/** Names and qualified names of the database and schema that an object is in. */
export interface Place {
  readonly databaseQualifiedName: string;
  readonly schemaQualifiedName: string;
}

/** Where a record of a schema is. */
export function placeOf(context: EntityContext, database: string, schema: string): Place {
  const databaseQualifiedName = `${context.connectionQualifiedName}/${encodeSegment(database)}`;
  return { databaseQualifiedName, schemaQualifiedName: `${databaseQualifiedName}/${encodeSegment(schema)}` };
}

/** Entity type of a relation. */
export function relationEntityType(type: RelationType, isPartition: boolean): EntityType {
  if (isPartition) return 'TablePartition';
  if (type === 'view') return 'View';
  if (type === 'foreign-table') return 'ForeignTable';
  return type === 'materialized-view' ? 'MaterialisedView' : 'Table';
}

/** The relation that something belongs to, as attributes of that something. */
export function parentAttributes(
  typeName: EntityType,
  name: string,
  qualifiedName: string,
): {
  tableName?: string;
  tableQualifiedName?: string;
  viewName?: string;
  viewQualifiedName?: string;
  table?: AtlasReference;
  tablePartition?: AtlasReference;
  view?: AtlasReference;
  materialisedView?: AtlasReference;
} {
  const reference = referenceTo(typeName, qualifiedName);
  switch (typeName) {
    case 'View':
      return { viewName: name, viewQualifiedName: qualifiedName, view: reference };
    case 'MaterialisedView':
      return { viewName: name, viewQualifiedName: qualifiedName, materialisedView: reference };
    case 'TablePartition':
      return { tableName: name, tableQualifiedName: qualifiedName, tablePartition: reference };
    default:
      return { tableName: name, tableQualifiedName: qualifiedName, table: reference };
  }
}

/** A reference to a relation of the same database. */
export function referenceToRelation(databaseQualifiedName: string, relation: RelationPointer): AtlasReference {
  return referenceTo(
    relationEntityType(relation.type, relation.isPartition),
    `${databaseQualifiedName}/${encodeSegment(relation.schema)}/${encodeSegment(relation.name)}`,
  );
}

/** `name` as SQL writes an identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The error for a record that no entity can be made of. */
export function invalidRecord(kind: CatalogKind, object: string, field: string, received: unknown, allowed: string): Error {
  return RECORD_INVALID({ kind, object: JSON.stringify(object), field, received: JSON.stringify(received) ?? 'nothing', allowed });
}

/** @throws CodedError RECORD_INVALID unless `value` is a text that is not empty */
export function requireText(kind: CatalogKind, object: string, field: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw invalidRecord(kind, object, field, value, 'a text');
}
