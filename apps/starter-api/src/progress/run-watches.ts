import { setTimeout as pause } from 'node:timers/promises';
import type { Run } from '../schemas.js';
import { Mailbox } from './mailbox.js';

/** What a watcher is told: the run as it is now, or that it could not be read. */
export type RunUpdate = { readonly run: Run } | { readonly error: unknown };

export interface RunWatchOptions {
  /** Reads a run; called again and again while somebody watches it. */
  read(workflowId: string, runId: string): Promise<Run>;
  /** Pause between two readings, in milliseconds. */
  readonly intervalMs: number;
}

interface Watch {
  readonly mailboxes: Set<Mailbox<RunUpdate>>;
}

/** Follows runs for any number of watchers: those of one run share its readings. */
export class RunWatches {
  private readonly watches = new Map<string, Watch>();
  private readonly ended = new AbortController();

  constructor(private readonly options: RunWatchOptions) {}

  /** Updates of a run, until `unwatch`. */
  watch(workflowId: string, runId: string): { readonly updates: Mailbox<RunUpdate>; readonly unwatch: () => void } {
    const key = `${runId} ${workflowId}`;
    const updates = new Mailbox<RunUpdate>();
    if (this.ended.signal.aborted) updates.close();
    let watch = this.watches.get(key);
    if (!watch) {
      watch = { mailboxes: new Set() };
      this.watches.set(key, watch);
      void this.follow(workflowId, runId, key, watch);
    }
    const { mailboxes } = watch;
    mailboxes.add(updates);
    const unwatch = (): void => {
      mailboxes.delete(updates);
      updates.close();
    };
    return { updates, unwatch };
  }

  /** Ends all watching. */
  close(): void {
    this.ended.abort();
    for (const { mailboxes } of this.watches.values()) for (const mailbox of mailboxes) mailbox.close();
  }

  /** How many runs are being read. */
  get size(): number {
    return this.watches.size;
  }

  private async follow(workflowId: string, runId: string, key: string, { mailboxes }: Watch): Promise<void> {
    const { signal } = this.ended;
    // The first watcher is added right after this starts.
    await Promise.resolve();
    while (mailboxes.size > 0 && !signal.aborted) {
      const update = await this.options.read(workflowId, runId).then(
        (run): RunUpdate => ({ run }),
        (error: unknown): RunUpdate => ({ error }),
      );
      for (const mailbox of mailboxes) mailbox.put(update);
      await pause(this.options.intervalMs, undefined, { signal }).catch(() => undefined);
    }
    this.watches.delete(key);
  }
}
