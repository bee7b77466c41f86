import { firstLines } from '../../api/lines.js';
import type { Artifact } from '../../api/types.js';
import { CatalogBuilder, type EntityLine } from './build-catalog.js';
import type { Catalog } from './catalog.js';
import { shardsInOrder } from './shard-order.js';

/** Entities that the page keeps at most: some hundred megabytes of a browser's memory. */
export const MOST_ENTITIES = 150_000;

export interface ReadCatalog {
  readonly catalog: Catalog;
  /** Entities that were read, and that there are. */
  readonly read: number;
  readonly total: number;
}

/**
 * Reads the catalog of a run shard by shard, up to MOST_ENTITIES.
 * @throws ApiFailure
 */
export async function readCatalog(artifacts: readonly Artifact[], signal: AbortSignal, progress: (read: number, total: number) => void): Promise<ReadCatalog> {
  const shards = shardsInOrder(artifacts);
  const total = shards.reduce((sum, { records }) => sum + records, 0);
  const builder = new CatalogBuilder();
  let read = 0;
  for (const { href } of shards) {
    if (read >= MOST_ENTITIES) break;
    progress(read, total);
    const { rows } = await firstLines<EntityLine>(href, MOST_ENTITIES - read, signal);
    for (const row of rows) builder.add(row);
    read += rows.length;
  }
  return { catalog: builder.catalog(), read, total };
}
