import { send } from './client.js';

/**
 * The first `most` objects of JSON lines, and whether there are more. What follows is not loaded: artifacts may be large.
 * @throws ApiFailure
 */
export async function firstLines<T>(href: string, most: number, signal: AbortSignal): Promise<{ readonly rows: readonly T[]; readonly more: boolean }> {
  const stop = new AbortController();
  const answer = await send('GET', href, { headers: { accept: 'application/x-ndjson' }, signal: AbortSignal.any([signal, stop.signal]) });
  if (!answer.body) return { rows: [], more: false };
  const rows: T[] = [];
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = '';
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (pending + (value ?? '')).split('\n');
    pending = done ? '' : (lines.pop() ?? '');
    for (const line of lines) {
      if (line === '') continue;
      if (rows.length === most) {
        stop.abort();
        return { rows, more: true };
      }
      rows.push(JSON.parse(line) as T);
    }
    if (done) return { rows, more: false };
  }
}
