import { defineError } from '@tributary/common';

export const BOARD_PRIVATE = defineError('BOARD_PRIVATE', { recovery: 'skip', message: 'Not to be seen.', fix: 'Sign in.' });
export const BOARD_DOWN = defineError('BOARD_DOWN', { recovery: 'retry', message: 'No answer.', fix: 'Wait.' });
export const BOARD_REFUSED = defineError('BOARD_REFUSED', { recovery: 'fatal', message: 'Refused.', fix: 'Ask otherwise.' });
export const BOARD_TOKEN_EXPIRED = defineError('BOARD_TOKEN_EXPIRED', { recovery: 'fatal', status: 401, message: 'Expired.', fix: 'Sign in.' });
