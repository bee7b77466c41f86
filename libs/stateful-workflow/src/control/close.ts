import { endAll } from '../children/life.js';
import { flush } from '../links/outbox.js';
import { sendAcks } from '../links/receive.js';
import type { Work } from '../work.js';
import { settle } from './actions.js';
import { STATEFUL_CLOSED } from '../errors.js';

/** Ends the entity: its children as declared, its owners told the last it has to say. Once is enough. */
export function close(work: Work, how: 'cancel' | 'complete'): void {
  if (work.next.status === 'closing') return;
  work.next.status = 'closing';
  const error = STATEFUL_CLOSED({ status: 'closing' });
  for (const call of work.next.calls)
    settle(work, call, { status: 'refused', code: error.code, message: error.message, fix: error.fix });
  for (const message of work.next.inbox) {
    if ('id' in message && message.id !== undefined && message.kind !== 'called') {
      work.effect({
        kind: 'reply',
        id: message.id,
        outcome: { status: 'refused', code: error.code, message: error.message, fix: error.fix },
      });
    }
  }
  work.next.inbox = [];
  endAll(work);
  flush(work, { last: true });
  sendAcks(work);
  work.effect({ kind: 'close', how });
}
