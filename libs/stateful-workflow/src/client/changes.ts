import { setTimeout as sleep } from 'node:timers/promises';
import type { Patch } from '../state/patch.js';
import { select, selected } from '../state/select.js';
import type { Selector } from '../definitions/parts.js';
import type { ChangesSince } from '../workflow/change-log.js';
import type { Query } from './entity-client.js';

export interface FollowOptions {
  /** Which changes: `Dataset`, `Dataset.health`. @default all */
  readonly select?: Selector;
  /** Position of a change that was seen; it goes on after it. @default from now, with the state first */
  readonly since?: number;
  /** Between two questions while nothing changes, in milliseconds. @default 1,000 */
  readonly everyMs?: number;
  readonly signal?: AbortSignal;
}

/** Asks an entity again and again for what has changed. Nothing of it is in the entity's history. */
export async function* followChanges(
  query: Query,
  whole: () => Promise<{ at: number; state: unknown }>,
  { select: selector, since, everyMs = 1000, signal }: FollowOptions = {},
): AsyncGenerator<{ at: number } & ({ kind: 'state'; state: unknown } | { kind: 'patch'; patch: Patch })> {
  const selection = select(selector);
  let position = since;
  while (!signal?.aborted) {
    if (position === undefined) {
      const { at, state } = await whole();
      position = at;
      yield { kind: 'state', at, state };
    }
    const { at, reset, patches }: ChangesSince = await query<ChangesSince>('changes', { since: position });
    if (reset) {
      position = undefined;
      continue;
    }
    for (const [index, patch] of patches.entries()) {
      const part = selected(selection, patch);
      if (part) yield { kind: 'patch', at: position + index + 1, patch: part };
    }
    position = at;
    if (patches.length === 0) await sleep(everyMs, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
