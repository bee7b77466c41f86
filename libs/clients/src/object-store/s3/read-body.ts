import type { Readable } from 'node:stream';

/**
 * The chunks of a body. It ends with `stalled()` when none comes within `idleMs` of being asked for; while nobody asks, it
 * may take its time. The body is closed whenever its reader leaves.
 */
export async function* readBody(body: Readable, idleMs: number, stalled: () => Error): AsyncGenerator<Uint8Array> {
  const chunks = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => body.destroy(stalled()), idleMs);
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    body.destroy();
  }
}
