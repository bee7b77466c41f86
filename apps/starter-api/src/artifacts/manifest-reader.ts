import { createHash } from 'node:crypto';
import type { ObjectStore } from '@tributary/clients';
import { isCodedError, type ObjectRef } from '@tributary/common';
import { ExtractionManifestSchema } from '@tributary/workflow-contracts/schemas';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import { ARTIFACT_DAMAGED } from '../errors.js';
import { contractCheck } from '../validation.js';

/** Bytes of all manifests that are kept; parsed they take about three times as much of the heap. */
const CACHED_BYTES = 16 * 1024 * 1024;
/** A manifest has a line per shard, so that this many bytes stand for some fifty thousand shards. */
const BYTES_MAX = 16 * 1024 * 1024;

const isManifest = contractCheck(ExtractionManifestSchema);

/** Reads manifests and checks them against the digest that the run's result has. Published ones never change: kept. */
export class ManifestReader {
  private readonly cache = new Map<string, { readonly bytes: number; readonly manifest: ExtractionManifest }>();

  constructor(private readonly objects: ObjectStore) {}

  /** @throws CodedError ARTIFACT_DAMAGED; OBJECT_STORE_… of the store */
  async read({ uri, sha256, bytes }: ObjectRef): Promise<ExtractionManifest> {
    const known = this.cache.get(sha256);
    if (known) return known.manifest;
    if (bytes > BYTES_MAX) throw ARTIFACT_DAMAGED({ reason: `its manifest has ${bytes} bytes, more than ${BYTES_MAX}` });
    const text = await this.download(uri, bytes);
    if (createHash('sha256').update(text).digest('hex') !== sha256) throw ARTIFACT_DAMAGED({ reason: 'its manifest has another digest' });
    const manifest: unknown = JSON.parse(text.toString('utf8'));
    if (!isManifest(manifest)) throw ARTIFACT_DAMAGED({ reason: 'its manifest has another form' });
    this.keep(sha256, { bytes, manifest });
    return manifest;
  }

  private async download(uri: string, bytes: number): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of this.objects.get(uri)) {
        size += chunk.byteLength;
        if (size > bytes) throw ARTIFACT_DAMAGED({ reason: 'its manifest is longer than it was' });
        chunks.push(chunk);
      }
    } catch (error) {
      if (isCodedError(error) && error.code === 'OBJECT_NOT_FOUND') throw ARTIFACT_DAMAGED({ reason: 'its manifest is gone' }, { cause: error });
      throw error;
    }
    return Buffer.concat(chunks);
  }

  private keep(sha256: string, entry: { readonly bytes: number; readonly manifest: ExtractionManifest }): void {
    this.cache.set(sha256, entry);
    let total = [...this.cache.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [oldest, { bytes }] of this.cache) {
      if (total <= CACHED_BYTES) break;
      this.cache.delete(oldest);
      total -= bytes;
    }
  }
}
