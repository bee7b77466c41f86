import { defineError } from '@tributary/common';

export const HIERARCHY_THRESHOLDS_INVALID = defineError('HIERARCHY_THRESHOLDS_INVALID', {
  recovery: 'fatal',
  message: 'Received lateAfter {lateAfter} and staleAfter {staleAfter}. Allowed: lateAfter below staleAfter.',
  fix: 'Give both as multiples of the interval at which a dataset is meant to be loaded, such as 1.5 and 3.',
});

export const HIERARCHY_SOURCE_KNOWN = defineError('HIERARCHY_SOURCE_KNOWN', {
  recovery: 'fatal',
  status: 409,
  message: 'There is a source {id} already.',
  fix: 'Take another id, or remove the source first.',
});

export const HIERARCHY_SOURCE_UNKNOWN = defineError('HIERARCHY_SOURCE_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no source {id}. Known: {known}.',
  fix: 'Correct the id.',
});
