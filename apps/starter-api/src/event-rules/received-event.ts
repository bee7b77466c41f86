import { findCredential } from '@tributary/workflow-contracts/schemas';
import { EVENT_DATA_NOT_JSON, EVENT_HOLDS_CREDENTIAL, EVENT_MALFORMED, EVENT_TOO_LARGE } from './errors.js';

/** Events above it are not looked into. */
const LIMIT_BYTES = 256 * 1024;
const JSON_TYPE = /^(?:application|text)\/(?:[a-z0-9.+-]+\+)?json(?:;|$)/i;

/** A CloudEvent as it was delivered. */
export interface ReceivedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time?: string;
  readonly data?: unknown;
  readonly data_base64?: unknown;
  readonly datacontenttype?: string;
}

/** The envelope of an event. @throws CodedError EVENT_MALFORMED */
export function parseEvent(bytes: Buffer): ReceivedEvent {
  const event = parsed(bytes);
  const texts = [event['id'], event['source'], event['type']];
  if (!texts.every((text) => typeof text === 'string' && text !== '')) throw EVENT_MALFORMED();
  const { subject, time, datacontenttype } = event;
  const optional = Object.entries({ subject, time, datacontenttype }).filter(([, value]) => typeof value === 'string');
  const [id, source, type] = texts as [string, string, string];
  const data = ['data', 'data_base64'].filter((name) => Object.hasOwn(event, name)).map((name) => [name, event[name]] as const);
  return { id, source, type, ...(Object.fromEntries(optional) as Partial<ReceivedEvent>), ...Object.fromEntries(data) };
}

/**
 * Refuses what no run may be started from.
 * @throws CodedError EVENT_TOO_LARGE, EVENT_DATA_NOT_JSON, EVENT_HOLDS_CREDENTIAL
 */
export function assertUsable(event: ReceivedEvent, bytes: number): void {
  if (bytes > LIMIT_BYTES) throw EVENT_TOO_LARGE({ bytes, limit: LIMIT_BYTES });
  const { datacontenttype = 'application/json', data_base64: binary, data, subject, source, id } = event;
  if (binary !== undefined || !JSON_TYPE.test(datacontenttype)) throw EVENT_DATA_NOT_JSON({ contentType: datacontenttype.slice(0, 100) });
  const pointer = findCredential({ data, subject, source, id });
  if (pointer !== undefined) throw EVENT_HOLDS_CREDENTIAL({ pointer });
}

function parsed(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw EVENT_MALFORMED();
}
