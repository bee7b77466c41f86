import { StringDecoder } from 'node:string_decoder';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ObjectStore } from '@tributary/clients';
import { ARTIFACT_DAMAGED } from '../errors.js';

/** Longest line that is held in memory, in characters; no record of ours is near it. */
const LINE_MAX = 8 * 1024 * 1024;

/** The bytes of an object, unpacked where its key says that they are packed. */
export function unpackedBytes(objects: ObjectStore, uri: string, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  const stored = objects.get(uri, signal ? { signal } : {});
  if (!uri.endsWith('.gz')) return stored;
  const packed = Readable.from(stored, { objectMode: false });
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => packed.destroy());
  return packed.pipe(gunzip);
}

/**
 * The records of a stored object of JSON lines, as lists of those that arrive together, with bounded memory.
 * @throws CodedError ARTIFACT_DAMAGED when a line is no JSON or too long; errors of the store
 */
export async function* readRecords(objects: ObjectStore, uri: string, signal?: AbortSignal): AsyncGenerator<readonly unknown[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of unpackedBytes(objects, uri, signal)) {
      const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LINE_MAX) throw ARTIFACT_DAMAGED({ reason: `a line has more than ${LINE_MAX} characters` });
      if (lines.length > 0) yield lines.filter((line) => line !== '').map(parse);
    }
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'OBJECT_NOT_FOUND') throw ARTIFACT_DAMAGED({ reason: 'the object is gone' }, { cause: error });
    if (typeof code === 'string' && code.startsWith('Z_')) throw ARTIFACT_DAMAGED({ reason: 'it cannot be unpacked' }, { cause: error });
    throw error;
  }
  rest += decoder.end();
  if (rest.trim() !== '') yield [parse(rest)];
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw ARTIFACT_DAMAGED({ reason: 'a line of it is no JSON' }, { cause: error });
  }
}
