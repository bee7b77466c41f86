import { optional, required, type AttributeModels } from './attribute.js';

/** Attributes of every entity. */
export const commonAttributes: AttributeModels = {
  name: required('string', 'Name as the source spells it, unquoted'),
  qualifiedName: required('string', 'Unique name: connection, then the names from the database down, with % and / encoded'),
  description: optional('string', 'COMMENT ON, character for character'),
  connectionName: required('string', 'Name of the connection'),
  connectionQualifiedName: required('string', 'First segments of every qualified name of the connection'),
  connectorName: required('string', 'Type of the source: `postgres`'),
  tenantId: required('string', 'First segment of the connection’s qualified name'),
  lastSyncWorkflowName: required('string', 'Workflow id of the run'),
  lastSyncRun: required('string', 'Run id of the run'),
  lastSyncRunAt: required('date', 'When the run started, in milliseconds since 1970 UTC'),
};

export const inDatabase: AttributeModels = {
  databaseName: required('string', 'Database'),
  databaseQualifiedName: required('string', 'Qualified name of the database'),
};

export const inSchema: AttributeModels = {
  ...inDatabase,
  schemaName: required('string', 'Schema'),
  schemaQualifiedName: required('string', 'Qualified name of the schema'),
};

export const owned: AttributeModels = { sourceOwners: required('string', 'Owning role') };

export const sourceId: AttributeModels = { source_id: required('string', 'Object identifier (oid) in the source') };

export const atlanSchema: AttributeModels = { atlanSchema: required({ reference: ['Schema'] }, 'The schema') };

/** The relation that a column may belong to. */
export const ofRelation: AttributeModels = {
  tableName: optional('string', 'Table or partition that it belongs to'),
  tableQualifiedName: optional('string', 'Qualified name of that table or partition'),
  viewName: optional('string', 'View or materialized view that it belongs to'),
  viewQualifiedName: optional('string', 'Qualified name of that view'),
  table: optional({ reference: ['Table', 'ForeignTable'] }, 'The table, unless it is a partition'),
  tablePartition: optional({ reference: ['TablePartition'] }, 'The partition'),
  view: optional({ reference: ['View'] }, 'The view'),
  materialisedView: optional({ reference: ['MaterialisedView'] }, 'The materialized view'),
};

/** The table that a constraint belongs to. */
export const ofTable: AttributeModels = {
  tableName: required('string', 'Table or partition that it belongs to'),
  tableQualifiedName: required('string', 'Qualified name of that table or partition'),
  table: optional({ reference: ['Table', 'ForeignTable'] }, 'The table, unless it is a partition'),
  tablePartition: optional({ reference: ['TablePartition'] }, 'The partition'),
};
