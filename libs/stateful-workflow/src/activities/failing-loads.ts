/** Another worker may get the next try, and its success: what was not seen to fail for so long is forgotten. */
const FORGET_MS = 3_600_000;
/** Of more loads that fail at once the later ones are not kept: the oldest is what is asked for. */
const MOST_LOADS = 10_000;

interface FailingLoad {
  readonly since: number;
  readonly latest: number;
}

/** Since when loads fail, by type of their entity; times in milliseconds since 1970. */
export class FailingLoads {
  readonly #byType = new Map<string, Map<string, FailingLoad>>();

  failed(type: string, load: string, now: number): void {
    const loads = this.#byType.get(type) ?? new Map<string, FailingLoad>();
    this.#byType.set(type, loads);
    this.#forget(loads, now);
    const since = loads.get(load)?.since ?? now;
    if (loads.size < MOST_LOADS || loads.has(load)) loads.set(load, { since, latest: now });
  }

  succeeded(type: string, load: string): void {
    this.#byType.get(type)?.delete(load);
  }

  /** How long the oldest has failed, in milliseconds, for each type that ever had one: 0 when none fails. */
  oldest(now: number): [type: string, ms: number][] {
    return [...this.#byType].map(([type, loads]) => {
      this.#forget(loads, now);
      const since = [...loads.values()].reduce((least, load) => Math.min(least, load.since), now);
      return [type, now - since];
    });
  }

  #forget(loads: Map<string, FailingLoad>, now: number): void {
    for (const [load, { latest }] of loads) if (now - latest > FORGET_MS) loads.delete(load);
  }
}
