import { send } from './client.js';

/**
 * Reads objects of JSON lines as they come, until `take` says false. What follows is not loaded: artifacts may be large.
 * @throws ApiFailure
 */
export async function readLines<T>(href: string, signal: AbortSignal, take: (row: T) => boolean): Promise<void> {
  const stop = new AbortController();
  const answer = await send('GET', href, { headers: { accept: 'application/x-ndjson' }, signal: AbortSignal.any([signal, stop.signal]) });
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (pending + (value ?? '')).split('\n');
    pending = done ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      if (line !== '' && !take(JSON.parse(line) as T)) {
        stop.abort();
        return;
      }
    }
    if (done) return;
  }
}

/**
 * The first `most` objects of JSON lines, and whether there are more.
 * @throws ApiFailure
 */
export async function firstLines<T>(href: string, most: number, signal: AbortSignal): Promise<{ readonly rows: readonly T[]; readonly more: boolean }> {
  const rows: T[] = [];
  let more = false;
  await readLines<T>(href, signal, (row) => {
    more = rows.length === most;
    if (!more) rows.push(row);
    return !more;
  });
  return { rows, more };
}
