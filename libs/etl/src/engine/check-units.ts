import { ETL_STAGE_UNKNOWN } from '../errors.js';
import type { Unit } from '../source.js';

/**
 * Refuses units that no stage would ever read.
 * @param stages the stage that is running and those after it
 * @throws CodedError ETL_STAGE_UNKNOWN
 */
export function assertReadable(units: readonly Unit[], stages: readonly string[], type: string): void {
  for (const { key, stage } of units) {
    if (!stages.includes(stage)) throw ETL_STAGE_UNKNOWN({ type, unit: key, stage, allowed: stages });
  }
}
