import { send } from './client.js';
import { parseEvent, type ServerSentEvent } from './server-sent-event.js';

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
