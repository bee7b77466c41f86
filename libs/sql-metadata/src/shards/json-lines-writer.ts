import { once } from 'node:events';
import { createGzip, type Gzip } from 'node:zlib';
import type { ObjectRef } from '@tributary/common';
import type { ObjectStore, StoredObject } from '@tributary/clients';

/** Streams lines into one gzipped object. Memory is bounded by the compressor's buffers, whatever the size. */
export class JsonLinesWriter {
  private readonly gzip: Gzip;
  private readonly stored: Promise<StoredObject>;
  private records = 0;

  constructor(store: ObjectStore, private readonly key: string, signal?: AbortSignal) {
    // Level 1: repeated qualified names compress 20 to 1 as it is, and higher levels cost more than the catalog query.
    this.gzip = createGzip({ level: 1 });
    this.stored = store.put(key, this.gzip, signal ? { signal } : {});
    // Whoever writes or closes sees the failure; until then it must not count as unhandled.
    this.stored.catch((error: unknown) => this.gzip.destroy(error instanceof Error ? error : new Error(String(error))));
    this.gzip.on('error', () => undefined);
  }

  /** Appends lines, each without its line end; resolves when the compressor can take more. */
  async write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    this.records += lines.length;
    if (this.gzip.write(`${lines.join('\n')}\n`)) return;
    await Promise.race([once(this.gzip, 'drain'), this.stored]);
  }

  /** Ends the object; it exists from now on. */
  async close(): Promise<ObjectRef> {
    this.gzip.end();
    const { sha256, bytes } = await this.stored;
    return { uri: this.key, sha256, bytes, records: this.records };
  }

  /** Gives up; nothing is left behind. */
  async abandon(): Promise<void> {
    this.gzip.destroy(new Error('abandoned'));
    await this.stored.catch(() => undefined);
  }
}
