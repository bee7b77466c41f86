import { proxyActivities } from '@temporalio/workflow';
import type { SqlSourceActivities } from '../messages.js';

/**
 * Somebody waits for these. A second attempt is for a worker that went away: what the source says is a result or an
 * error that is not retried, so that no account is locked by repeating a wrong password.
 */
export const sourceActivities = proxyActivities<SqlSourceActivities>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '1 minute',
  retry: { initialInterval: '1s', maximumAttempts: 2 },
});
