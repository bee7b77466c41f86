import { chunksOf, type Digest } from '../digest.js';

/** The smallest part that S3 takes is 5 MiB; larger ones save requests, smaller ones memory. */
export const PART_BYTES = 8 * 1024 * 1024;
/** Most parts that S3 takes for one object. */
export const MAX_PARTS = 10_000;
/** A small object must not cost the memory of a whole part. */
const FIRST_BYTES = 64 * 1024;

export interface PartsOptions {
  /** Gets every byte. */
  readonly digest: Digest;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Cuts a body into buffers of PART_BYTES, the last one shorter, perhaps empty if it is the only one: some stores want all
 * parts to be of one size. No buffer is used again: one may still be on its way while the next is filled.
 */
export async function* partsOf(body: Uint8Array | AsyncIterable<Uint8Array>, { digest, signal }: PartsOptions): AsyncGenerator<Buffer, void> {
  let part: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let filled = 0;
  let isFirst = true;
  for await (const chunk of chunksOf(body)) {
    signal?.throwIfAborted();
    digest.update(chunk);
    for (let at = 0; at < chunk.byteLength; ) {
      if (filled === PART_BYTES) {
        yield part;
        part = Buffer.allocUnsafeSlow(PART_BYTES);
        filled = 0;
        isFirst = false;
      }
      const taken = Math.min(chunk.byteLength - at, PART_BYTES - filled);
      if (filled + taken > part.length) part = grown(part, filled, filled + taken);
      part.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
    }
  }
  signal?.throwIfAborted();
  if (filled > 0 || isFirst) yield part.subarray(0, filled);
}

function grown(part: Buffer, filled: number, needed: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(Math.min(PART_BYTES, Math.max(needed, 2 * part.length)));
  part.copy(larger, 0, 0, filled);
  return larger;
}
