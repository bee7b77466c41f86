import type { ObjectStore } from '@tributary/clients';
import type { CatalogKind, ManifestShard } from '@tributary/workflow-contracts/sql-metadata';
import { JsonLinesWriter } from './json-lines-writer.js';
import type { RunKeys } from './object-keys.js';

type Content = ManifestShard['content'];

/** Lines of one fetch, by where they go. */
export interface ShardLines {
  /** Lines by entity type. */
  readonly entities: ReadonlyMap<string, readonly string[]>;
  readonly raw: readonly string[];
  readonly quarantine: readonly string[];
}

/** The open shards of a batch: one per entity type, one for raw and one for quarantined records, opened when needed. */
export class BatchShards {
  private readonly open = new Map<string, { writer: JsonLinesWriter; content: Content; typeName?: string }>();

  constructor(
    private readonly store: ObjectStore,
    private readonly keys: RunKeys,
    private readonly batch: { readonly database: string; readonly kind: CatalogKind; readonly writer: string },
    private readonly signal: AbortSignal,
  ) {}

  /** Appends the lines of one fetch to part `part`. */
  async append(lines: ShardLines, part: number): Promise<void> {
    for (const [typeName, entities] of lines.entities) await this.write('entities', entities, part, typeName);
    await this.write('raw', lines.raw, part);
    await this.write('quarantine', lines.quarantine, part);
  }

  /** Closes all open shards; they are stored from now on. */
  async close(): Promise<ManifestShard[]> {
    const shards: ManifestShard[] = [];
    const { database, kind } = this.batch;
    for (const { writer, content, typeName } of this.open.values()) {
      const ref = await writer.close();
      shards.push({ ...ref, content, database, kind, ...(typeName === undefined ? {} : { typeName }) });
    }
    this.open.clear();
    return shards;
  }

  /** Gives up the open shards; nothing of them is left behind. */
  async abandon(): Promise<void> {
    await Promise.all([...this.open.values()].map(({ writer }) => writer.abandon()));
    this.open.clear();
  }

  private async write(content: Content, lines: readonly string[], part: number, typeName?: string): Promise<void> {
    if (lines.length === 0) return;
    const name = typeName ?? this.batch.kind;
    const id = `${content}/${name}`;
    let shard = this.open.get(id);
    if (!shard) {
      const key = this.keys.shard(content, this.batch.database, name, part, this.batch.writer);
      const writer = new JsonLinesWriter(this.store, key, this.signal);
      shard = { writer, content, ...(typeName === undefined ? {} : { typeName }) };
      this.open.set(id, shard);
    }
    await shard.writer.write(lines);
  }
}
