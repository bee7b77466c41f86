import { defineError } from '@tributary/common';

export const GREETING_REFUSED = defineError('GREETING_REFUSED', {
  recovery: 'fatal',
  message: '{name} does not want to be greeted.',
  fix: 'Greet somebody else.',
});
