import type { CatalogKind, CatalogRecord, ColumnRecord } from '@tributary/workflow-contracts/sql-metadata';
import type { CatalogCursor } from './catalog.js';

/** The place of `record` in the list of its kind, to resume behind it. */
export function cursorOf(kind: CatalogKind, record: CatalogRecord): CatalogCursor {
  if (kind !== 'column') return [record.oid];
  const { oid, attributeNumber, position } = record as ColumnRecord;
  return [oid, attributeNumber, position];
}
