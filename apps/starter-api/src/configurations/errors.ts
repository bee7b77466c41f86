import { defineError } from '@tributary/common';

export const CONFIGURATION_UNKNOWN = defineError('CONFIGURATION_UNKNOWN', {
  recovery: 'fatal',
  status: 404,
  message: 'There is no saved configuration "{name}".',
  fix: 'List them with GET /v1/configurations, or save it with PUT /v1/configurations/{name} and If-None-Match: *.',
});

export const CONFIGURATION_OUTDATED = defineError('CONFIGURATION_OUTDATED', {
  recovery: 'fatal',
  status: 409,
  message: 'Configuration "{name}" is for run type "{runType}", which this version does not have.',
  fix: 'Save it again for a run type that GET /v1/run-types lists.',
});
