import type { PersistentMap } from './persistent-map.js';

/** How many related entities count for which value, and which for which: so that a change costs as much as it changes. */
export interface RollupState {
  readonly values: PersistentMap<string>;
  readonly counts: Readonly<Record<string, number>>;
}
