/** Calls to Temporal at the same time: as many as an activity of the framework makes. */
const LANES = 20;

/** Does something for each, so many at a time. */
export async function inLanes<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await run(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
