import type { EventCounts } from '@tributary/workflow-contracts/etl';
import type { StageHeartbeat, StageProgress } from '../messages.js';
import type { RunLedger } from '../store/types.js';

/** Heartbeats need not be denser than the server hears of them. */
const BEAT_MS = 500;
/** Counting the ledger's units costs more than a heartbeat. */
const COUNT_MS = 3_000;

/** Heartbeats of a stage by its progress, with what watchers want to see. */
export class Pulse {
  #beaten = -Infinity;
  #counted = performance.now();
  #after: string | undefined;

  private constructor(
    private readonly stage: string,
    private readonly ledger: Pick<RunLedger, 'progress'>,
    private readonly send: (details: StageHeartbeat) => void,
    private progress: StageProgress,
  ) {}

  static async start(stage: string, ledger: Pick<RunLedger, 'progress'>, send: (details: StageHeartbeat) => void): Promise<Pulse> {
    const pulse = new Pulse(stage, ledger, send, await ledger.progress(stage));
    pulse.beat();
    return pulse;
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
    this.send({ stage: this.stage, ...this.progress, ...(this.#after === undefined ? {} : { after: this.#after }) });
  }

  /** Pages were loaded. */
  async loaded({ inserted, updated, unchanged }: EventCounts): Promise<void> {
    const { events } = this.progress;
    const sum = { inserted: events.inserted + inserted, updated: events.updated + updated, unchanged: events.unchanged + unchanged };
    this.progress = { ...this.progress, events: sum };
    if (performance.now() - this.#counted >= COUNT_MS) {
      this.#counted = performance.now();
      this.progress = await this.ledger.progress(this.stage);
    }
    this.beat();
  }
}
