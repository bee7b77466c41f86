import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { StageHeartbeat, StageProgress } from '../messages.js';
import type { RunLedger } from '../store/types.js';

/** Heartbeats need not be denser than the server hears of them. */
const BEAT_MS = 500;
/** Counting the ledger's units costs more than a heartbeat. */
const COUNT_MS = 3_000;

export interface PulseOptions {
  readonly stage: string;
  readonly ledger: Pick<RunLedger, 'progress'>;
  readonly heartbeat: (details: StageHeartbeat) => void;
  /** Milliseconds between heartbeats while something is awaited. */
  readonly beatMs: number;
  /** Attempts in a row before this one in which the source gave nothing. */
  readonly idle: number;
}

/** Heartbeats of a stage by its progress, and while it waits for what ends by itself; with what watchers want to see. */
export class Pulse {
  #beaten = -Infinity;
  #counted = performance.now();
  #after: string | undefined;
  #idle: number;
  #waits = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly options: PulseOptions,
    private progress: StageProgress,
  ) {
    this.#idle = options.idle;
  }

  static async start(options: PulseOptions): Promise<Pulse> {
    const pulse = new Pulse(options, await options.ledger.progress(options.stage));
    pulse.beat();
    return pulse;
  }

  /**
   * Beats until `wait` has ended, which must be bounded by itself: a slow server is no dead worker. A process that is
   * stuck or stopped does not beat.
   */
  async during<T>(wait: Promise<T>): Promise<T> {
    this.#waits++;
    this.#timer ??= setInterval(() => this.last(), this.options.beatMs);
    try {
      return await wait;
    } finally {
      this.#waits--;
      if (this.#waits === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
    }
  }

  /** The source has given something, or its attempt has ended with nothing. */
  sourceGave(something: boolean): void {
    this.#idle = something ? 0 : this.options.idle + 1;
  }

  /** Units up to this key are failing: the next attempt looks for units after it first. */
  passOver(key: string | undefined): void {
    this.#after = key;
  }

  /** Something has moved. */
  beat(): void {
    const now = performance.now();
    if (now - this.#beaten >= BEAT_MS) this.last();
  }

  /** The attempt ends before the stage does: what is sent now is what the next attempt finds. */
  last(): void {
    this.#beaten = performance.now();
    const { stage, heartbeat } = this.options;
    heartbeat({
      stage,
      ...this.progress,
      ...(this.#after === undefined ? {} : { after: this.#after }),
      ...(this.#idle === 0 ? {} : { idle: this.#idle }),
    });
  }

  /** Pages were loaded. */
  async loaded({ inserted, updated, unchanged }: EventCounts): Promise<void> {
    const { events } = this.progress;
    const sum = { inserted: events.inserted + inserted, updated: events.updated + updated, unchanged: events.unchanged + unchanged };
    this.progress = { ...this.progress, events: sum };
    if (performance.now() - this.#counted >= COUNT_MS) {
      this.#counted = performance.now();
      this.progress = await this.options.ledger.progress(this.options.stage);
    }
    this.beat();
  }
}
