import type { CatalogKind } from '@tributary/workflow-contracts/sql-metadata';
import type { RunContext } from '../messages.js';

/**
 * Keys of a run's objects. Names of the source become single percent-encoded segments. What an attempt writes carries
 * its pass and attempt, so that an attempt that was given up on can never overwrite what its successor wrote.
 */
export class RunKeys {
  readonly prefix: string;

  constructor(run: RunContext) {
    const connection = run.input.connection.qualifiedName.split('/').map(segment).join('/');
    this.prefix = `sql-metadata/${connection}/${segment(run.runId)}`;
  }

  get manifest(): string {
    return `${this.prefix}/manifest.json`;
  }

  /** Prefixes that hold nothing but what this run staged, quarantined records apart. */
  get staged(): readonly string[] {
    return [`${this.prefix}/entities/`, `${this.prefix}/raw/`, this.work];
  }

  /** Everything of the run. */
  get all(): string {
    return `${this.prefix}/`;
  }

  /** Documents that pass between activities; of no use once the run has ended. */
  get work(): string {
    return `${this.prefix}/work/`;
  }

  shard(content: 'entities' | 'raw' | 'quarantine', database: string, name: string, part: number, writer: string): string {
    const number = String(part).padStart(5, '0');
    return `${this.prefix}/${content}/${segment(database)}/${segment(name)}/part-${number}-${writer}.jsonl.gz`;
  }

  batch(database: string, kind: CatalogKind, part: number, writer: string): string {
    return `${this.work}${segment(database)}/${kind}/${String(part).padStart(5, '0')}-${writer}.json`;
  }

  database(database: string, writer: string): string {
    return `${this.work}${segment(database)}/verified-${writer}.json`;
  }
}

/** One path segment from any text: reversible, and free of `/`, `.` alone and control characters. */
export function segment(name: string): string {
  return encodeURIComponent(name).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}
