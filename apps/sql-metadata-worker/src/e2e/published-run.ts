import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ExtractionManifest, ManifestShard } from '@tributary/workflow-contracts/sql-metadata';

/** The fields of an entity that these tests look at. */
export interface PublishedEntity {
  readonly typeName: string;
  readonly attributes: Readonly<Record<string, unknown>> & { readonly name: string; readonly qualifiedName: string };
  readonly customAttributes?: Readonly<Record<string, unknown>>;
}

/** Reads a run as its consumers do: by the manifest, every shard checked against it. */
export class PublishedRun {
  private constructor(
    private readonly objects: string,
    readonly manifest: ExtractionManifest,
  ) {}

  static async open(objects: string, manifestKey: string): Promise<PublishedRun> {
    return new PublishedRun(objects, JSON.parse(await readFile(join(objects, manifestKey), 'utf8')) as ExtractionManifest);
  }

  async *entities(): AsyncGenerator<PublishedEntity> {
    for (const shard of this.shards('entities')) for (const line of await this.lines(shard)) yield JSON.parse(line) as PublishedEntity;
  }

  /**
   * Content of the run without what differs from run to run: shards by database and type, lines in their order, with run
   * id, workflow id and time taken out.
   */
  async fingerprint(): Promise<Record<string, string>> {
    const { runId, workflowId, startedAt } = this.manifest;
    const hashes = new Map<string, ReturnType<typeof createHash>>();
    for (const shard of this.shards('entities')) {
      const id = `${shard.database}/${shard.typeName ?? shard.kind}/${/part-\d+/.exec(shard.uri)?.[0] ?? ''}`;
      const hash = hashes.get(id) ?? createHash('sha256');
      for (const line of await this.lines(shard)) {
        hash.update(line.replaceAll(runId, 'RUN').replaceAll(workflowId, 'WORKFLOW').replaceAll(String(Date.parse(startedAt)), 'TIME'));
      }
      hashes.set(id, hash);
    }
    return Object.fromEntries([...hashes].map(([id, hash]) => [id, hash.digest('hex')]));
  }

  shards(content: ManifestShard['content']): ManifestShard[] {
    return this.manifest.shards.filter((shard) => shard.content === content);
  }

  async lines(shard: ManifestShard): Promise<string[]> {
    const body = await readFile(join(this.objects, shard.uri));
    expect({ bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') }).toEqual({
      bytes: shard.bytes,
      sha256: shard.sha256,
    });
    const lines = gunzipSync(body).toString('utf8').split('\n').slice(0, -1);
    expect(lines).toHaveLength(shard.records);
    return lines;
  }
}
