import type { BusEvent } from '../ports.js';
import { PUBSUB_EVENT_INVALID } from './errors.js';

const TOPIC = /^[A-Za-z0-9._-]{1,249}$/;

/** Checks topic and event before anything is sent. @throws CodedError PUBSUB_EVENT_INVALID */
export function assertPublishable(topic: string, event: BusEvent): void {
  if (!TOPIC.test(topic)) throw invalid('topic', topic, '1 to 249 letters, digits, ".", "_" or "-"');
  for (const field of ['id', 'source', 'type'] as const) {
    if (event[field] === '') throw invalid(field, '', 'a text that is not empty');
  }
  if (event.subject === '') throw invalid('subject', '', 'a text that is not empty, or none');
  if (event.data === undefined) throw invalid('data', 'undefined', 'a JSON value');
}

/** The event as a CloudEvents 1.0 document; its time is now. */
export function toCloudEvent({ id, source, type, subject, data }: BusEvent): Record<string, unknown> {
  return {
    specversion: '1.0',
    id,
    source,
    type,
    ...(subject === undefined ? {} : { subject }),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    data,
  };
}

function invalid(field: string, received: string, allowed: string): Error {
  return PUBSUB_EVENT_INVALID({ field, received: received.slice(0, 120), allowed });
}
