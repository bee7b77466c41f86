import { setTimeout as delay } from 'node:timers/promises';
import { QueryNotRegisteredError } from '@temporalio/client';
import { STATEFUL_STARTING } from '../workflow/errors.js';

/** How long a run may take to its first state, in milliseconds: a worker has to be free for it. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 100;

/**
 * Asks an entity, again while it begins: at its start, and each time it continues as new.
 * @throws the error of the query, when the entity has not begun within ten seconds
 */
export async function whileStarting<R>(ask: () => Promise<R>): Promise<R> {
  for (const until = Date.now() + PATIENCE_MS; ; await delay(PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      const isStarting = error instanceof QueryNotRegisteredError && error.message.includes(STATEFUL_STARTING.code);
      if (!isStarting || Date.now() >= until) throw error;
    }
  }
}
