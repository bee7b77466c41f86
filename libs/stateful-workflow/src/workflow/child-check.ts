import type { EntityShell } from './entity-shell.js';
import { ownActivities } from './activity-options.js';

/** Workflow ids in one look. */
const AT_ONCE = 1000;
const FIRST_MS = 30_000;

/**
 * Looks now and then whether children still run that Temporal tells this run nothing about: those that an earlier run or
 * an activity started. A child says itself that it ends; one that was terminated or has failed cannot.
 */
export class ChildCheck {
  private nextAt: number | undefined;
  private running = false;

  constructor(
    private readonly shell: EntityShell,
    private readonly everyMs: number,
  ) {}

  /** Looks if it is time to, and sees to it that the loop wakes up for the next time. */
  plan(): void {
    const { state, alarm, runner } = this.shell;
    if (!state || this.running || state.status !== 'running') return;
    if (state.children.size === 0) {
      this.nextAt = undefined;
      return;
    }
    const now = Date.now();
    this.nextAt ??= now + Math.min(FIRST_MS, this.everyMs);
    if (this.nextAt <= now) {
      this.nextAt = now + this.everyMs;
      runner.track('look at children', this.look());
    }
    alarm.set(this.nextAt);
  }

  private async look(): Promise<void> {
    const { shell } = this;
    const unwatched = [...(shell.state?.children.entries() ?? [])].filter(
      ([child, { status, epoch }]) => status === 'running' && shell.watched.get(child) !== epoch,
    );
    if (unwatched.length === 0) return;
    this.running = true;
    try {
      for (let start = 0; start < unwatched.length; start += AT_ONCE) {
        const part = unwatched.slice(start, start + AT_ONCE);
        const { ended } = await ownActivities.statefulCheck({ workflows: part.map(([child]) => child) });
        for (const [place, outcome] of ended) {
          const [child, { epoch }] = part[place] ?? ['', { epoch: 0 }];
          shell.take({ kind: 'childEnded', child, epoch, outcome });
        }
      }
    } finally {
      this.running = false;
    }
  }
}
