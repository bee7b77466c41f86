import type { Launchpad } from '@tributary/clients/launchpad';
import type { Unit } from '@tributary/etl';
import { MINUTE, shift } from '../times.js';

/** By how much an incremental listing looks back behind its mark: transactions end after they began. */
const OVERLAP = 5n * MINUTE;

const LEAD = 'clock-lead-ms';

/** For a unit that will be listed by time: by how much this machine's clock is ahead of Launchpad's. */
export function clockPayload({ clockLeadMs: lead }: Launchpad): Unit['payload'] {
  return lead === undefined ? {} : { [LEAD]: Math.max(0, Math.ceil(lead)) };
}

/**
 * From when on something that has changed since a mark is listed. Marks are times of this machine: where its clock is
 * ahead, what changed after the mark bears a time before it.
 */
export function lookBack(since: string | undefined, { payload }: Unit): string | undefined {
  const lead = payload[LEAD];
  return since === undefined ? undefined : shift(since, -OVERLAP - (typeof lead === 'number' ? BigInt(lead) * 1000n : 0n));
}
