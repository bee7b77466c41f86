import { createHash } from 'node:crypto';
import type { BusEvent, EventBus } from '@tributary/clients';
import type { CodedError } from '@tributary/common';
import { findCredential } from '@tributary/workflow-contracts/schemas';
import { EVENT_HOLDS_CREDENTIAL, EVENT_TOO_LARGE } from './errors.js';
import type { ReceivedEvent } from './received-event.js';

/** Type of the CloudEvent that stands for one that could not be handled. */
export const DEAD_LETTER_TYPE = 'tributary.event.dead-lettered.v1';

const SOURCE = 'tributary/starter-api';

/** A dead letter carries the data of its event up to this size, in bytes: it has to fit into an event itself. */
const CARRIED_BYTES = 150 * 1024;

export interface DeadLetter {
  readonly topic: string;
  readonly rule: string | undefined;
  readonly reason: CodedError;
  /** Undefined when it could not be read at all. */
  readonly event: ReceivedEvent | undefined;
  readonly bytes: Buffer;
}

export function deadLetterTopic(topic: string): string {
  return `${topic}-dead-letter`;
}

/** Publishes a dead letter with its reason. The same event for the same reason has the same id. */
export async function publishDeadLetter(bus: EventBus, { topic, rule, reason, event, bytes }: DeadLetter): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { data, data_base64: binary, ...envelope } = event ?? {};
  // What may be a credential is not spread any further.
  const isCarried = bytes.length <= CARRIED_BYTES && reason.code !== EVENT_HOLDS_CREDENTIAL.code && reason.code !== EVENT_TOO_LARGE.code;
  const content = isCarried && event ? { ...(data === undefined ? {} : { data }), ...(binary === undefined ? {} : { data_base64: binary }) } : {};
  const letter: BusEvent = {
    id: createHash('sha256').update(JSON.stringify([topic, rule, event?.source, event?.id ?? sha256, reason.code])).digest('hex'),
    source: SOURCE,
    type: DEAD_LETTER_TYPE,
    subject: rule ?? topic,
    data: {
      topic,
      ...(rule === undefined ? {} : { rule }),
      reason: { code: reason.code, message: reason.message, fix: reason.fix },
      event: { ...(findCredential(envelope) === undefined ? envelope : {}), ...content },
      bytes: bytes.length,
      sha256,
    },
  };
  await bus.publish(deadLetterTopic(topic), letter);
}
