import { createHash } from 'node:crypto';
import { isUint8Array } from 'node:util/types';

/** Counts and hashes bytes on their way. */
export class Digest {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.byteLength;
  }

  /** Ends the hash; call it once. */
  finish(): { readonly bytes: number; readonly sha256: string } {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

/** A body as chunks; a single array is one chunk. */
export async function* chunksOf(body: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (isUint8Array(body)) yield body;
  else yield* body;
}
