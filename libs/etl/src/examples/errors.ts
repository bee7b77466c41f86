import { defineError } from '@tributary/common';

export const CHANGE_LOG_UNAVAILABLE = defineError('CHANGE_LOG_UNAVAILABLE', {
  recovery: 'retry',
  message: 'The change log answered with status {status}.',
  fix: 'It is asked again. If it persists, look at the log of its server.',
});

export const CHANGE_LOG_REFUSED = defineError('CHANGE_LOG_REFUSED', {
  recovery: 'fatal',
  message: 'The change log refused the request with status {status}.',
  fix: 'Check the names of the spaces, and that they may be read without signing in.',
});
