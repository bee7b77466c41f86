import { assertPublishable } from '../dapr/cloud-event.js';
import { PUBSUB_EVENT_TOO_LARGE } from '../dapr/errors.js';
import type { BusEvent, CallOptions, EventBus } from '../ports.js';

const MAX_EVENT_BYTES = 256 * 1024;

/** Keeps what is published, for tests. */
export class MemoryEventBus implements EventBus {
  readonly #published: { readonly topic: string; readonly event: BusEvent }[] = [];

   
  async publish(topic: string, event: BusEvent, { signal }: CallOptions = {}): Promise<void> {
    assertPublishable(topic, event);
    const text = JSON.stringify(event);
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_EVENT_BYTES) throw PUBSUB_EVENT_TOO_LARGE({ id: event.id, topic, bytes, limit: MAX_EVENT_BYTES });
    signal?.throwIfAborted();
    this.#published.push({ topic, event: JSON.parse(text) as BusEvent });
  }

  /** What was published to `topic`, in order. */
  published(topic: string): readonly BusEvent[] {
    return this.#published.filter((each) => each.topic === topic).map(({ event }) => event);
  }
}
