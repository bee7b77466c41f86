import { cursorOf, type CatalogCursor, type CatalogRecord } from '@tributary/clients/sql';
import type { CatalogKind, ExtractSqlMetadataInput, ManifestShard } from '@tributary/workflow-contracts/sql-metadata';
import { DEFAULT_QUARANTINE_THRESHOLD } from '../defaults.js';
import { SQL_QUARANTINE_EXCEEDED } from '../errors.js';
import type { BatchDocument } from '../messages.js';
import type { TransformedRecords } from './transform-records.js';

/** Counts a batch as it is read. It starts from a checkpoint's document, or from an empty one. */
export class BatchTally {
  raw: number;
  cursor: CatalogCursor | null;
  private entities: number;
  private quarantined: number;
  private columnsExpected: number;
  private readonly byType: Map<string, number>;
  private readonly reasons: Map<string, number>;
  private readonly shards: ManifestShard[];

  constructor(private readonly start: BatchDocument, private readonly options: ExtractSqlMetadataInput['options']) {
    this.raw = start.counts.raw;
    this.cursor = start.cursor;
    this.entities = start.counts.entities;
    this.quarantined = start.counts.quarantined;
    this.columnsExpected = start.columnsExpected ?? 0;
    this.byType = new Map(Object.entries(start.entitiesByType));
    this.reasons = new Map(start.quarantine.map(({ code, count }) => [code, count]));
    this.shards = [...start.shards];
  }

  add(kind: CatalogKind, records: readonly CatalogRecord[], { lines, reasons }: TransformedRecords): void {
    const last = records.at(-1);
    if (last) this.cursor = cursorOf(kind, last);
    this.raw += records.length;
    this.quarantined += lines.quarantine.length;
    for (const code of reasons) this.reasons.set(code, (this.reasons.get(code) ?? 0) + 1);
    for (const [type, entities] of lines.entities) {
      this.entities += entities.length;
      this.byType.set(type, (this.byType.get(type) ?? 0) + entities.length);
    }
    for (const record of records) if ('columnCount' in record) this.columnsExpected += record.columnCount;
  }

  store(shards: readonly ManifestShard[]): void {
    this.shards.push(...shards);
  }

  document(): BatchDocument {
    const { database, kind, source } = this.start.counts;
    return {
      counts: { database, kind, source, raw: this.raw, entities: this.entities, quarantined: this.quarantined },
      entitiesByType: Object.fromEntries(this.byType),
      quarantine: [...this.reasons].map(([code, count]) => ({ code, count })),
      shards: this.shards,
      cursor: this.cursor,
      ...(this.start.relations !== undefined && { relations: this.start.relations }),
      ...(kind === 'relation' && { columnsExpected: this.columnsExpected }),
    };
  }

  /** @throws CodedError SQL_QUARANTINE_EXCEEDED when more was quarantined than the run allows */
  assertThreshold(): void {
    const threshold = this.options?.quarantineThreshold ?? DEFAULT_QUARANTINE_THRESHOLD;
    if (this.quarantined <= this.raw * threshold) return;
    const { database, kind } = this.start.counts;
    throw SQL_QUARANTINE_EXCEEDED({
      database,
      kind,
      raw: this.raw,
      quarantined: this.quarantined,
      threshold,
      reasons: [...this.reasons].map(([code, count]) => `${code} ${count}x`),
      keys: this.shards.filter(({ content }) => content === 'quarantine').slice(0, 3).map(({ uri }) => uri),
    });
  }
}
