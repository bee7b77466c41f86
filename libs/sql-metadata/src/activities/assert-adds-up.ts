import { SQL_COUNTS_DIFFER } from '../errors.js';
import type { BatchDocument } from '../messages.js';

/** @throws CodedError SQL_COUNTS_DIFFER when a stage lost or gained records */
export function assertAddsUp({ counts, entitiesByType, shards }: BatchDocument): void {
  const stored = (content: string): number =>
    shards.filter((shard) => shard.content === content).reduce((total, { records }) => total + records, 0);
  const byType = Object.values(entitiesByType).reduce((total, entities) => total + entities, 0);
  const complete =
    counts.source === counts.raw &&
    counts.raw === counts.entities + counts.quarantined &&
    counts.entities === byType &&
    counts.entities === stored('entities') &&
    counts.quarantined === stored('quarantine');
  if (!complete) throw SQL_COUNTS_DIFFER({ ...counts });
}
