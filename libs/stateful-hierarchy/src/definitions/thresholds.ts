import { action, rollup, type DraftMany } from '@tributary/stateful-workflow';
import { HIERARCHY_THRESHOLDS_INVALID } from '../errors.js';
import { multiple } from './fields.js';
import type { Limits } from './health.js';
import { THRESHOLDS, type hierarchy } from './model.js';

type Known = (typeof hierarchy)['entities'];

/** Something that thresholds apply to. */
export interface Governed {
  readonly thresholds: DraftMany<Known, 'Thresholds'>;
}

/**
 * Sets the thresholds of an entity and of all that is below it; the latest one who sets them, at whatever level, decides.
 * `lateAfter`, `staleAfter`: multiples of the interval at which a dataset is meant to be loaded.
 */
export const setThresholds = action(
  { lateAfter: multiple(), staleAfter: multiple() },
  {},
  ({ thresholds }: Governed, { lateAfter, staleAfter }) => {
    if (lateAfter >= staleAfter) throw HIERARCHY_THRESHOLDS_INVALID({ lateAfter, staleAfter });
    thresholds.add({ id: THRESHOLDS, lateAfter, staleAfter });
  },
);

/** The thresholds that apply to a dataset, as a field of it. */
export const limits = rollup(
  'thresholds',
  ({ lateAfter, staleAfter }: Limits) => JSON.stringify({ lateAfter, staleAfter }),
  (counts) => {
    const [found] = Object.keys(counts);
    return found === undefined ? undefined : (JSON.parse(found) as { lateAfter: number; staleAfter: number });
  },
);
