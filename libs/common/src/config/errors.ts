import { defineError } from '../coded-error.js';

export const CONFIG_INVALID = defineError('CONFIG_INVALID', {
  recovery: 'fatal',
  status: 500,
  message: 'The environment of {app} has {count} problem(s): {problems}',
  fix: 'Correct every variable that is named; docs/configuration.md lists what {app} reads.',
});
