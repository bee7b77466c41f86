import { toProblemDetails, type SecretScrubber } from '@tributary/common';
import { scrubbed } from '../problems/error-handler.js';
import type { Run } from '../schemas.js';
import type { Mailbox } from './mailbox.js';
import type { RunUpdate } from './run-watches.js';

export interface EventStreamOptions {
  readonly updates: Mailbox<RunUpdate>;
  readonly scrubber: SecretScrubber;
  /** A comment is sent after so much silence, in milliseconds, to keep proxies from closing the connection. */
  readonly heartbeatMs: number;
  /** How long Temporal may be unreachable before the stream ends with its problem, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * The server-sent events of a run: `progress` when it changes, `unavailable` when it becomes unknown, then `end` with
 * the run; `error` with problem details when the run cannot be read any more.
 */
export async function* runEvents({ updates, scrubber, heartbeatMs, patienceMs }: EventStreamOptions): AsyncGenerator<string> {
  let last = '';
  let unreadableSince: number | undefined;
  yield 'retry: 2000\n\n';
  for (;;) {
    const taken = await updates.take(heartbeatMs);
    if (taken === 'closed') return;
    if (taken === 'quiet') {
      yield ': still here\n\n';
      continue;
    }
    if ('error' in taken.value) {
      unreadableSince ??= Date.now();
      if (Date.now() - unreadableSince < patienceMs) continue;
      yield event('error', scrubbed(toProblemDetails(taken.value.error), scrubber));
      return;
    }
    unreadableSince = undefined;
    const { run } = taken.value;
    const next = eventOf(run);
    if (next !== last && next !== '') yield next;
    if (run.status !== 'running') return;
    last = next;
  }
}

function eventOf(run: Run): string {
  if (run.status !== 'running') return event('end', run);
  if (run.progress) return event('progress', run.progress);
  return run.progressUnavailable ? event('unavailable', run.progressUnavailable) : '';
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
