import { Code, ConnectError } from '@connectrpc/connect';
import type { BusEvent, CallOptions, EventBus } from '../ports.js';
import { PUBSUB_EVENT_TOO_LARGE, PUBSUB_FORBIDDEN, PUBSUB_UNAVAILABLE, PUBSUB_UNKNOWN } from './errors.js';
import { assertPublishable, toCloudEvent } from './cloud-event.js';
import { type SidecarChannel, reasonOf } from './sidecar-channel.js';

/** A pub/sub component of the sidecar. */
export class DaprEventBus implements EventBus {
  constructor(
    private readonly channel: SidecarChannel,
    readonly pubsub: string,
    private readonly maxEventBytes: number,
  ) {}

  async publish(topic: string, event: BusEvent, options?: CallOptions): Promise<void> {
    assertPublishable(topic, event);
    const data = Buffer.from(JSON.stringify(toCloudEvent(event)));
    if (data.length > this.maxEventBytes) {
      throw PUBSUB_EVENT_TOO_LARGE({ id: event.id, topic, bytes: data.length, limit: this.maxEventBytes });
    }
    const request = { pubsubName: this.pubsub, topic, data, dataContentType: 'application/cloudevents+json' };
    try {
      await this.channel.call('publishing an event', (client, call) => client.publishEvent(request, call), options);
    } catch (error) {
      throw error instanceof ConnectError ? this.#named(error, topic) : error;
    }
  }

  #named(error: ConnectError, topic: string): Error {
    const reason = reasonOf(error);
    if (error.code === Code.PermissionDenied) return PUBSUB_FORBIDDEN({ pubsub: this.pubsub, topic }, { cause: error });
    if (/pubsub .*not (found|configured)/i.test(reason)) return PUBSUB_UNKNOWN({ pubsub: this.pubsub }, { cause: error });
    return PUBSUB_UNAVAILABLE({ pubsub: this.pubsub, topic, reason }, { cause: error });
  }
}
