import { describe, expect, it } from '@jest/globals';
import type { BusEvent, EventBus } from '@tributary/clients';
import type { MakeSubject } from './subject.js';
import { useSubject } from './use-subject.js';

/** The topics that a subscriber of the suite must listen to. */
export const CONFORMANCE_TOPICS = ['conformance', 'conformance-other'] as const;

/** A bus with a subscriber behind it. */
export interface ObservedEventBus {
  readonly bus: EventBus;
  /** What the subscriber of `topic` has received so far. */
  received(topic: string): readonly BusEvent[];
}

const WAIT_MS = 10_000;
const [TOPIC, OTHER] = CONFORMANCE_TOPICS;

/** What every EventBus does. */
export function describeEventBus(name: string, make: MakeSubject<ObservedEventBus>): void {
  describe(`EventBus ${name}`, () => {
    const subject = useSubject(make);
    let count = 0;
    const event = (more: Partial<BusEvent> = {}): BusEvent => {
      count += 1;
      return { id: `${name}-${count}`, source: '/tributary/conformance', type: 'dev.tributary.conformance.v1', data: { count }, ...more };
    };
    /** The events of one id, once there are `wanted` of them. */
    const delivered = async (topic: string, id: string, wanted = 1): Promise<readonly BusEvent[]> => {
      const until = Date.now() + WAIT_MS;
      for (;;) {
        const found = subject().received(topic).filter((each) => each.id === id);
        if (found.length >= wanted || Date.now() > until) return found;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };

    it.each<[string, Partial<BusEvent>]>([
      ['an object', { data: { text: 'é😀 "quoted"', list: [1, null, true], nested: { deep: {} } } }],
      ['a list', { data: [1, 2, 3] }],
      ['text', { data: 'text' }],
      ['null', { data: null }],
      ['a subject', { subject: 'default/postgres/orders' }],
      ['an id with any character', { id: 'id/with "quotes" é😀' }],
    ])('delivers %s as it was published', async (_, more) => {
      const published = event(more);
      await subject().bus.publish(TOPIC, published);
      const [received] = await delivered(TOPIC, published.id);
      expect(received).toEqual(published);
    });

    it('keeps topics apart', async () => {
      const published = event();
      await subject().bus.publish(OTHER, published);
      expect(await delivered(OTHER, published.id)).toHaveLength(1);
      expect(subject().received(TOPIC).filter(({ id }) => id === published.id)).toEqual([]);
    });

    it('delivers a repeated publication under the same id', async () => {
      const published = event();
      await subject().bus.publish(TOPIC, published);
      await subject().bus.publish(TOPIC, published);
      expect(await delivered(TOPIC, published.id, 2)).toEqual([published, published]);
    });

    it('delivers all of many published at once', async () => {
      const many = Array.from({ length: 50 }, () => event());
      await Promise.all(many.map((each) => subject().bus.publish(TOPIC, each)));
      for (const each of many) expect(await delivered(TOPIC, each.id)).toEqual([each]);
    });

    it.each<[string, string, Partial<BusEvent>]>([
      ['an empty topic', '', {}],
      ['a topic with a slash', 'a/b', {}],
      ['an empty id', TOPIC, { id: '' }],
      ['an empty source', TOPIC, { source: '' }],
      ['an empty type', TOPIC, { type: '' }],
      ['an empty subject', TOPIC, { subject: '' }],
      ['no data', TOPIC, { data: undefined }],
    ])('refuses %s', async (_, topic, more) => {
      await expect(subject().bus.publish(topic, event(more))).rejects.toMatchObject({ code: 'PUBSUB_EVENT_INVALID' });
    });

    it('refuses an event that is too large', async () => {
      const published = event({ data: 'x'.repeat(300_000) });
      await expect(subject().bus.publish(TOPIC, published)).rejects.toMatchObject({ code: 'PUBSUB_EVENT_TOO_LARGE' });
    });

    it('does nothing under a signal that is already aborted', async () => {
      const signal = AbortSignal.abort(new Error('too late'));
      await expect(subject().bus.publish(TOPIC, event(), { signal })).rejects.toThrow('too late');
    });
  });
}
