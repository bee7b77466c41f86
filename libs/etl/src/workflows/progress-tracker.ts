import type { EventCounts, FlowProgress } from '@tributary/workflow-contracts/etl';
import type { StageProgress } from '../messages.js';

const NONE: EventCounts = { inserted: 0, updated: 0, unchanged: 0 };

/** Keeps what the `progress` query answers. Times are workflow time; a running stage's heartbeat says more. */
export class ProgressTracker {
  #phase = 'planning';
  #since = Date.now();
  #units = { done: 0, total: 0 };
  #events = NONE;
  readonly #millis: Record<string, number> = {};

  /** Begins a phase of which so many units are known. */
  enter(phase: string, units = 0): void {
    const now = Date.now();
    this.#millis[this.#phase] = (this.#millis[this.#phase] ?? 0) + now - this.#since;
    this.#phase = phase;
    this.#since = now;
    this.#units = { done: 0, total: units };
  }

  reach({ done, total, events }: StageProgress): void {
    this.#units = { done, total };
    this.#events = events;
  }

  load(events: EventCounts): void {
    this.#events = events;
  }

  /** Wall time of the phases left so far, in milliseconds. */
  phaseMillis(): Record<string, number> {
    return { ...this.#millis };
  }

  snapshot(): FlowProgress {
    const seconds = (Date.now() - this.#since) / 1_000;
    return {
      phase: this.#phase,
      ...this.#units,
      rate: seconds > 0 ? Math.round((this.#units.done / seconds) * 10) / 10 : 0,
      phaseMillis: this.phaseMillis(),
      events: this.#events,
    };
  }
}
