import { optional, required, type AttributeModels, type EntityModel } from './attribute.js';
import { commonAttributes, inSchema, ofRelation, ofTable, sourceId } from './common.js';

const everyConstraint: AttributeModels = {
  ...commonAttributes,
  ...inSchema,
  ...ofTable,
  columnNames: required('array<string>', 'Its columns in order; empty for a check of none and for expressions'),
  columns: optional({ reference: ['Column'], many: true }, 'The same columns as references'),
  definition: required('string', 'As SQL writes it'),
  isDeferrable: required('boolean', 'DEFERRABLE'),
  isInitiallyDeferred: required('boolean', 'INITIALLY DEFERRED'),
  isValidated: required('boolean', 'False while existing rows are unchecked (NOT VALID)'),
  isEnforced: required('boolean', 'False for NOT ENFORCED'),
};

const constraint = (description: string, attributes: AttributeModels = {}): EntityModel => ({
  description,
  standard: false,
  attributes: { ...everyConstraint, ...attributes },
  customAttributes: sourceId,
});

export const constraintModels = {
  PrimaryKey: constraint('Primary key'),
  UniqueConstraint: constraint('Unique constraint'),
  ExclusionConstraint: constraint('Exclusion constraint'),
  CheckConstraint: constraint('Check constraint', { expression: required('string', 'The condition') }),
  ForeignKey: constraint('Foreign key', {
    referencedTableName: required('string', 'Table that it references'),
    referencedTableQualifiedName: required('string', 'Qualified name of that table'),
    referencedColumnNames: required('array<string>', 'Columns of that table, paired with columnNames'),
    onUpdate: required('string', '`no action`, `restrict`, `cascade`, `set null` or `set default`'),
    onDelete: required('string', 'The same for DELETE'),
    match: required('string', '`simple`, `full` or `partial`'),
    referencedTable: required({ reference: ['Table', 'TablePartition'] }, 'That table'),
    referencedColumns: required({ reference: ['Column'], many: true }, 'Those columns'),
  }),
  Index: {
    description: 'Index of a table or materialized view, those of constraints included',
    standard: false,
    attributes: {
      ...commonAttributes,
      ...inSchema,
      ...ofRelation,
      indexMethod: required('string', 'Access method: `btree`, `gin`, …'),
      isUnique: required('boolean', 'UNIQUE'),
      isPrimary: required('boolean', 'Whether it is that of the primary key'),
      isExclusion: required('boolean', 'Whether it is that of an exclusion constraint'),
      isValid: required('boolean', 'False after a CREATE INDEX CONCURRENTLY that failed'),
      columnNames: required('array<string>', 'Key columns in order, expressions left out'),
      includedColumnNames: optional('array<string>', 'INCLUDE columns'),
      columns: required({ reference: ['Column'], many: true }, 'The key columns as references'),
      expressions: optional('string', 'Expressions of the key in order'),
      predicate: optional('string', 'Condition of a partial index'),
      definition: required('string', 'Statement that would create it'),
    },
    customAttributes: {
      ...sourceId,
      nulls_not_distinct: optional('boolean', 'True for NULLS NOT DISTINCT'),
      tablespace: optional('string', 'Tablespace, unless it is the database’s default'),
    },
  },
} satisfies Record<string, EntityModel>;
