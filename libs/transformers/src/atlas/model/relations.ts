import { optional, required, type AttributeModels, type EntityModel } from './attribute.js';
import { atlanSchema, commonAttributes, inSchema, owned, sourceId } from './common.js';

const everyRelation: AttributeModels = {
  ...commonAttributes,
  ...inSchema,
  columnCount: required('long', 'Columns'),
  ...owned,
  ...atlanSchema,
};

const rows: AttributeModels = { rowCount: optional('long', 'The planner’s estimate of rows; absent when never analyzed') };
const bytes: AttributeModels = { sizeBytes: optional('long', 'Exact bytes with indexes and TOAST when sizes were asked for, else an estimate of the table alone') };

const partitioning: AttributeModels = {
  isPartitioned: required('boolean', 'Whether it is split into partitions'),
  partitionStrategy: optional('string', '`list`, `range` or `hash`'),
  partitionCount: optional('long', 'Partitions directly below it'),
};

const everyCustom: AttributeModels = {
  ...sourceId,
  table_type: required('string', '`TABLE`, `PARTITIONED TABLE`, `FOREIGN TABLE`, `VIEW` or `MATERIALIZED VIEW`'),
  is_insertable_into: optional('string', '`YES` or `NO`; absent where the catalog alone does not tell'),
  is_typed: required('string', '`YES` for a table of a composite type, else `NO`'),
  persistence: required('string', '`permanent`, `unlogged` or `temporary`'),
  has_indexes: required('boolean', 'Whether it has, or lately had, indexes'),
  has_triggers: required('boolean', 'Whether it has, or once had, triggers'),
  has_rules: required('boolean', 'Whether it has, or once had, rules; every view has'),
  row_security: required('boolean', 'Whether row-level security is on'),
  row_security_forced: required('boolean', 'Whether it holds for the owner too'),
  access_method: optional('string', 'Table access method'),
  tablespace: optional('string', 'Tablespace, unless it is the database’s default'),
  options: optional('array<string>', 'Storage parameters and view options, `name=value`'),
};

const tableCustom: AttributeModels = {
  ...everyCustom,
  number_columns_in_part_key: optional('int', 'Columns and expressions of the partition key'),
  partition_key: optional('string', 'Partition key as SQL writes it'),
  inherits: optional('array<string>', 'Tables that it inherits from otherwise than as a partition'),
  of_type: optional('string', 'Composite type of a typed table'),
  size_is_exact: optional('boolean', 'True when sizeBytes was measured'),
  foreign_server: optional('string', 'Server of a foreign table or partition'),
  foreign_data_wrapper: optional('string', 'Wrapper of that server'),
  foreign_options: optional('array<string>', 'Options of a foreign table, values that may hold credentials masked'),
};

const tableAttributes: AttributeModels = {
  ...everyRelation,
  ...rows,
  ...bytes,
  ...partitioning,
  externalLocation: optional('string', 'Server of a foreign table'),
};

const definition: AttributeModels = { definition: required('string', 'Statement that would create it') };

export const relationModels = {
  Table: {
    description: 'Table or partitioned table',
    standard: true,
    attributes: tableAttributes,
    customAttributes: tableCustom,
  },
  ForeignTable: {
    description: 'Table of a foreign server; a kind of Table',
    standard: false,
    superType: 'Table',
    attributes: tableAttributes,
    customAttributes: tableCustom,
  },
  TablePartition: {
    description: 'Partition of a table, which may be partitioned itself',
    standard: true,
    attributes: {
      ...tableAttributes,
      constraint: optional('string', 'Partition bound: `FOR VALUES …` or `DEFAULT`'),
      parentTable: optional({ reference: ['Table'] }, 'The partitioned table'),
      parentTablePartition: optional({ reference: ['TablePartition'] }, 'The partition that it is a partition of'),
    },
    customAttributes: tableCustom,
  },
  View: { description: 'View', standard: true, attributes: { ...everyRelation, ...definition }, customAttributes: everyCustom },
  MaterialisedView: {
    description: 'Materialized view',
    standard: true,
    attributes: { ...everyRelation, ...rows, ...bytes, ...definition },
    customAttributes: {
      ...everyCustom,
      is_populated: required('boolean', 'Whether it holds data'),
      size_is_exact: optional('boolean', 'True when sizeBytes was measured'),
    },
  },
} satisfies Record<string, EntityModel>;
