/** What one catalog query reads: the unit of extraction. One activity per kind and database. */
export const CATALOG_KINDS = [
  'database',
  'schema',
  'relation',
  'column',
  'constraint',
  'index',
  'sequence',
  'routine',
] as const;
export type CatalogKind = (typeof CATALOG_KINDS)[number];

/** Atlas entity types that the transformers make. */
export const ENTITY_TYPES = [
  'Database',
  'Schema',
  'Table',
  'TablePartition',
  'ForeignTable',
  'View',
  'MaterialisedView',
  'Column',
  'PrimaryKey',
  'ForeignKey',
  'UniqueConstraint',
  'CheckConstraint',
  'ExclusionConstraint',
  'Index',
  'Sequence',
  'Function',
  'Procedure',
] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];
