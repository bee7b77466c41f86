import type { Sight } from './observing-interceptors.js';

/** `state`: an entity has its state, and can be asked. */
export type Sighted = Sight | 'state';

interface Watch {
  readonly what: Sighted;
  readonly missing: Set<string>;
  readonly seen: () => void;
}

/** What the worker has seen workflows do, as it happens. */
export class Sightings {
  private readonly watches = new Set<Watch>();

  see(what: Sighted, workflowId: string): void {
    for (const watch of this.watches) {
      if (watch.what === what && watch.missing.delete(workflowId) && watch.missing.size === 0) watch.seen();
    }
  }

  /** Milliseconds from the call of `act` until each of the workflows has been seen to do it. */
  async time(what: Sighted, workflowIds: readonly string[], act: () => Promise<unknown>, timeoutMs = 300_000): Promise<number> {
    const missing = new Set(workflowIds);
    let stop: NodeJS.Timeout | undefined;
    const watched = new Promise<number>((resolve, reject) => {
      const watch: Watch = { what, missing, seen: () => resolve(performance.now()) };
      this.watches.add(watch);
      stop = setTimeout(() => reject(new Error(`${String(missing.size)} of ${String(workflowIds.length)} workflows did not ${what}`)), timeoutMs);
    });
    try {
      const begun = performance.now();
      const [end] = await Promise.all([watched, act()]);
      return end - begun;
    } finally {
      clearTimeout(stop);
      for (const watch of this.watches) if (watch.missing === missing) this.watches.delete(watch);
    }
  }
}
