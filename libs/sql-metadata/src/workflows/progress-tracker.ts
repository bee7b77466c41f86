import { CATALOG_KINDS } from '@tributary/workflow-contracts/sql-metadata';
import type {
  BatchProgress,
  CatalogKind,
  ExtractionPhase,
  ExtractionProgress,
} from '@tributary/workflow-contracts/sql-metadata';

/** Keeps what the `progress` query answers. Times are workflow time. */
export class ProgressTracker {
  private phase: ExtractionPhase = 'checking';
  private phaseSince = Date.now();
  private extractingSince: number | undefined;
  private readonly millis: Partial<Record<ExtractionPhase, number>> = {};
  private readonly batches = new Map<string, BatchProgress>();

  enter(phase: ExtractionPhase): void {
    const now = Date.now();
    this.millis[this.phase] = (this.millis[this.phase] ?? 0) + now - this.phaseSince;
    this.phase = phase;
    this.phaseSince = now;
    if (phase === 'extracting') this.extractingSince ??= now;
  }

  plan(database: string, counts: Readonly<Record<CatalogKind, number>>): void {
    for (const kind of CATALOG_KINDS) this.put({ database, kind, state: 'planned', done: 0, total: counts[kind] });
  }

  start(database: string, kind: CatalogKind): void {
    const batch = this.batches.get(key(database, kind));
    if (batch) this.put({ ...batch, state: 'running', done: 0 });
  }

  finish(database: string, kind: CatalogKind, records: number): void {
    this.put({ database, kind, state: 'done', done: records, total: records });
  }

  /** Wall time of the phases left so far, in milliseconds. */
  phaseMillis(): Record<string, number> {
    return { ...this.millis };
  }

  snapshot(): ExtractionProgress {
    const batches = [...this.batches.values()];
    const done = sum(batches, 'done');
    const seconds = this.extractingSince === undefined ? 0 : (Date.now() - this.extractingSince) / 1_000;
    return {
      phase: this.phase,
      done,
      total: sum(batches, 'total'),
      rate: seconds > 0 ? Math.round(done / seconds) : 0,
      phaseMillis: this.phaseMillis(),
      batches,
    };
  }

  private put(batch: BatchProgress): void {
    this.batches.set(key(batch.database, batch.kind), batch);
  }
}

function key(database: string, kind: string): string {
  return `${kind}:${database}`;
}

function sum(batches: readonly BatchProgress[], field: 'done' | 'total'): number {
  return batches.reduce((total, batch) => total + batch[field], 0);
}
