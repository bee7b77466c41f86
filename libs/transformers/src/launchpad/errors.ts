import { defineError } from '@tributary/common';

export const LAUNCHPAD_RECORD_INVALID = defineError('LAUNCHPAD_RECORD_INVALID', {
  recovery: 'skip',
  status: 422,
  message: 'The record {record} of Launchpad has {received} as "{field}"; {allowed} is needed to make events of it',
  fix: 'The record is in the quarantine of the run. Look at it in Launchpad: if it is right there, report it with the record and the field; otherwise the next run reads it anew.',
});
