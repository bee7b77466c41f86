import { setTimeout as sleep } from 'node:timers/promises';
import { isCodedError, toProblemDetails, type SecretScrubber } from '@tributary/common';
import { scrubbed } from '../problems/error-handler.js';
import { ENTITY_UNKNOWN } from './errors.js';
import type { StatePage } from '@tributary/stateful-workflow/client';

/** What has changed since a position; `reset`: more than the entity keeps. */
export interface ChangesSince {
  readonly at: number;
  readonly reset: boolean;
  readonly patches: readonly object[];
}

export interface EntityEventsOptions {
  changes(since: number): Promise<ChangesSince>;
  /** The first page of the state. */
  state(): Promise<StatePage>;
  /** `running`, or how it ended. */
  status(): Promise<string>;
  /** Where the whole state is read. */
  readonly stateLink: string;
  /** Position of the last change that was seen. */
  readonly since: number | undefined;
  readonly signal: AbortSignal;
  readonly scrubber: SecretScrubber;
  /** Between two questions while nothing changes, in milliseconds. */
  readonly everyMs: number;
  /** A comment, and a look whether it still runs, come after so much silence, in milliseconds. */
  readonly heartbeatMs: number;
  /** How long it may be unreadable before the stream ends with its problem, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * The server-sent events of an entity: `state` at the beginning and after a gap, then each change as `patch`, with its
 * position as id; `end` when it has ended, `error` with problem details when it cannot be read any more. Pulled by its
 * reader: for one that is slow nothing piles up here.
 */
export async function* entityEvents(options: EntityEventsOptions): AsyncGenerator<string> {
  const { signal, everyMs, heartbeatMs, patienceMs, scrubber } = options;
  let position = options.since;
  let spokenAt = Date.now();
  let unreadableSince: number | undefined;
  yield 'retry: 2000\n\n';
  while (!signal.aborted) {
    try {
      const found = await step(options, position);
      position = found.position;
      unreadableSince = undefined;
      for (const event of found.events) yield event;
      if (found.events.length > 0) {
        spokenAt = Date.now();
        continue;
      }
      if (Date.now() - spokenAt >= heartbeatMs) {
        const status = await options.status();
        if (status !== 'running') {
          yield event('end', position, { status });
          return;
        }
        yield ': still here\n\n';
        spokenAt = Date.now();
      }
    } catch (error) {
      unreadableSince ??= Date.now();
      if (isOver(error) || Date.now() - unreadableSince >= patienceMs) {
        yield event('error', undefined, scrubbed(toProblemDetails(error), scrubber));
        return;
      }
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function step(options: EntityEventsOptions, position: number | undefined): Promise<{ position: number | undefined; events: string[] }> {
  if (position === undefined) {
    const { at, entities, next } = await options.state();
    // A large state is read page by page where it is served so.
    return { position: at, events: [event('state', at, next ? { at, href: options.stateLink } : { at, entities })] };
  }
  const { at, reset, patches } = await options.changes(position);
  if (reset) return { position: undefined, events: [event('reset', undefined, { at })] };
  return { position: at, events: patches.map((patch, index) => event('patch', position + index + 1, { at: position + index + 1, patch })) };
}

function isOver(error: unknown): boolean {
  return isCodedError(error) && error.code === ENTITY_UNKNOWN.code;
}

function event(name: string, id: number | undefined, data: unknown): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
