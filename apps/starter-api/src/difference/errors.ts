import { defineError } from '@tributary/common';

export const DIFFERENCE_NOT_OF_ENTITIES = defineError('DIFFERENCE_NOT_OF_ENTITIES', {
  recovery: 'fatal',
  status: 409,
  message: 'Runs of type {type} publish no entities that could be compared.',
  fix: 'Ask for the difference of an extraction.',
});

export const DIFFERENCE_NOTHING_BEFORE = defineError('DIFFERENCE_NOTHING_BEFORE', {
  recovery: 'fatal',
  status: 404,
  message: 'No earlier run of connection {connection} has been found that has published something.',
  fix: 'Name a run with to=<runId>. Runs are kept as long as the retention of the Temporal namespace.',
});

export const DIFFERENCE_OTHER_CONNECTION = defineError('DIFFERENCE_OTHER_CONNECTION', {
  recovery: 'fatal',
  status: 409,
  message: 'The runs are of different connections, {connection} and {other}: none of their entities are the same.',
  fix: 'Name a run of the same connection; GET /v1/runs?connection=… lists them.',
});

export const DIFFERENCE_TOO_LARGE = defineError('DIFFERENCE_TOO_LARGE', {
  recovery: 'fatal',
  status: 409,
  message: 'The runs have {entities} entities to compare. Allowed: {limit}.',
  fix: 'Compare one type at a time with type=<entity type>, or download the artifacts and compare them yourself.',
});
