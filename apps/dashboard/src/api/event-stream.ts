import { send } from './client.js';

export interface ServerSentEvent {
  readonly event: string;
  /** The JSON of its data. */
  readonly data: unknown;
}

/**
 * Server-sent events by fetch, as EventSource cannot carry an Authorization header. Ends when the stream does.
 * @throws ApiFailure when the stream is refused
 */
export async function* eventStream(path: string, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  const answer = await send('GET', path, { headers: { accept: 'text/event-stream' }, signal });
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    pending += value;
    const blocks = pending.split(/\r?\n\r?\n/);
    pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

/** One event of a stream; undefined for comments and settings. */
export function parseEvent(block: string): ServerSentEvent | undefined {
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const [, name, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
  }
  return data.length === 0 ? undefined : { event, data: JSON.parse(data.join('\n')) as unknown };
}
