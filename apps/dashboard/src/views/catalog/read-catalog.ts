import { readLines } from '../../api/lines.js';
import type { Artifact } from '../../api/types.js';
import { CatalogBuilder, type EntityLine } from './build-catalog.js';
import type { Catalog } from './catalog.js';
import { shardsInOrder } from './shard-order.js';

/** Entities that the page keeps at most: some hundred megabytes of a browser's memory. */
export const MOST_ENTITIES = 150_000;

/** Entities between two words of progress. */
const TOLD_EVERY = 5_000;

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
    // Of a line nothing is kept but what is shown: a shard of columns is larger than the catalog that is made of it.
    await readLines<EntityLine>(href, signal, (row) => {
      if (read >= MOST_ENTITIES) return false;
      builder.add(row);
      read++;
      if (read % TOLD_EVERY === 0) progress(read, total);
      return true;
    });
  }
  return { catalog: builder.catalog(), read, total };
}
