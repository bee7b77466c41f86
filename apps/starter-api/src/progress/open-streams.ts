import type { Metrics } from '@tributary/clients/telemetry';
import type { ServerResponse } from 'node:http';
import { API_STREAMS_EXHAUSTED } from '../errors.js';

/** Counts the event streams that are open, of whatever kind, and ends them when the API closes. */
export class OpenStreams {
  private open = 0;
  private readonly ended = new AbortController();
  private readonly gauge: { set(labels: object, value: number): void };

  constructor(
    private readonly limit: number,
    metrics: Metrics,
  ) {
    this.gauge = metrics.gauge({ name: 'api_open_streams', help: 'Event streams that are open' });
  }

  /**
   * Counts a stream until its connection ends. @returns aborted when the connection ends, or the API closes
   * @throws CodedError API_STREAMS_EXHAUSTED
   */
  enter(response: ServerResponse): AbortSignal {
    if (this.open >= this.limit) throw API_STREAMS_EXHAUSTED({ limit: this.limit });
    this.count(+1);
    const left = new AbortController();
    response.once('close', () => {
      this.count(-1);
      left.abort();
    });
    return AbortSignal.any([left.signal, this.ended.signal]);
  }

  /** Ends all streams. */
  close(): void {
    this.ended.abort();
  }

  private count(change: number): void {
    this.gauge.set({}, (this.open += change));
  }
}
