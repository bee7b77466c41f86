import type { Patch } from '../state/patch.js';

/** Patches that are kept for those who follow an entity. */
const KEPT = 500;

/** What has changed since a position. `reset`: more than is kept, so the state has to be read again. */
export interface ChangesSince {
  /** Position from which to ask next. */
  readonly at: number;
  readonly reset: boolean;
  readonly patches: readonly Patch[];
}

/** The latest patches, numbered over all runs. */
export class ChangeLog {
  private patches: Patch[] = [];

  constructor(private count: number) {}

  /** Number of patches so far. */
  get length(): number {
    return this.count;
  }

  add(patches: readonly Patch[]): void {
    if (patches.length === 0) return;
    this.count += patches.length;
    this.patches.push(...patches);
    if (this.patches.length > 2 * KEPT) this.patches = this.patches.slice(-KEPT);
  }

  since(position: number, limit: number): ChangesSince {
    const first = this.count - this.patches.length;
    if (position < first || position > this.count) return { at: this.count, reset: true, patches: [] };
    const patches = this.patches.slice(position - first, position - first + limit).map(({ origin: _, ...patch }) => patch);
    return { at: position + patches.length, reset: false, patches };
  }
}
