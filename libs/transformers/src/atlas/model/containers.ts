import { optional, required, type EntityModel } from './attribute.js';
import { commonAttributes, inDatabase, inSchema, ofRelation, owned, sourceId } from './common.js';

export const containerModels = {
  Database: {
    description: 'Database',
    standard: true,
    attributes: { ...commonAttributes, schemaCount: required('int', 'Schemas that the filters let through'), ...owned },
    customAttributes: {
      ...sourceId,
      encoding: required('string', 'Character encoding'),
      collation: optional('string', 'LC_COLLATE'),
      character_type: optional('string', 'LC_CTYPE'),
      tablespace: required('string', 'Default tablespace'),
      size_bytes: optional('long', 'Bytes on disk, when sizes were asked for'),
    },
  },
  Schema: {
    description: 'Schema, empty ones included',
    standard: true,
    attributes: {
      ...commonAttributes,
      ...inDatabase,
      tableCount: required('int', 'Tables, partitions and foreign tables that the filters let through'),
      viewsCount: required('int', 'Views and materialized views that the filters let through'),
      ...owned,
      database: required({ reference: ['Database'] }, 'The database'),
    },
    customAttributes: sourceId,
  },
  Column: {
    description: 'Column of a table, partition or view',
    standard: true,
    attributes: {
      ...commonAttributes,
      ...inSchema,
      ...ofRelation,
      dataType: required('string', 'Type without modifiers: `character varying`'),
      rawDataTypeDefinition: required('string', 'Type as SQL writes it: `character varying(20)`'),
      order: required('int', 'Position from 1; dropped columns leave no gap'),
      isNullable: required('boolean', 'Whether NULL is allowed'),
      isPrimary: required('boolean', 'Whether a primary key has it'),
      isForeign: required('boolean', 'Whether a foreign key has it'),
      isPartition: required('boolean', 'Whether its table is partitioned by it'),
      maxLength: optional('long', 'Characters or bits at most'),
      precision: optional('int', 'Digits of a number, or of the fraction of a second'),
      numericScale: optional('int', 'Digits behind the point'),
      defaultValue: optional('string', 'Default as SQL writes it'),
    },
    customAttributes: {
      attribute_number: required('int', 'Number in the source; dropped columns leave gaps'),
      is_unique: optional('boolean', 'True when a unique constraint has it'),
      base_type: optional('string', 'What its domain is made of'),
      enum_labels: optional('array<string>', 'Labels of its enum, in order'),
      identity: optional('string', '`always` or `by default`'),
      generated: optional('string', '`stored` or `virtual`'),
      generation_expression: optional('string', 'What it is computed from'),
      collation: optional('string', 'Collation, unless it is the type’s own'),
    },
  },
} satisfies Record<string, EntityModel>;
