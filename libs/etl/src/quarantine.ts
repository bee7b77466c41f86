/** What was put aside of what was read. */
export interface Quarantine {
  readonly records: number;
  readonly quarantined: number;
}

/**
 * Whether a run that put so many records aside may still be green.
 * @param threshold fraction of the records that may be put aside, 0 to 1
 */
export function isTolerable({ records, quarantined }: Quarantine, threshold: number): boolean {
  return quarantined === 0 || quarantined <= threshold * records;
}
