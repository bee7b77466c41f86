import { defineError } from '@tributary/common';

export const RECORD_INVALID = defineError('RECORD_INVALID', {
  recovery: 'skip',
  status: 422,
  message: 'The {kind} record {object} has {received} as "{field}"; {allowed} is needed to make an entity of it',
  fix: 'The record is in the quarantine shard. If it was dropped while it was read, the next run is right; otherwise report it.',
});

export const QUALIFIED_NAME_INVALID = defineError('QUALIFIED_NAME_INVALID', {
  recovery: 'fatal',
  message: '"{qualifiedName}" is no qualified name below connection "{connection}": {reason}',
  fix: 'Give a qualified name as this project writes them: connection/database/schema/table/column, with / and % in names percent-encoded.',
});
