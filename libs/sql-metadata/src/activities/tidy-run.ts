import { Context } from '@temporalio/activity';
import type { ObjectStore } from '@tributary/clients';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../dependencies.js';
import type { RunContext } from '../messages.js';
import { readJson } from '../shards/documents.js';
import { RunKeys } from '../shards/object-keys.js';

/**
 * See `SqlMetadataActivities.tidyRun`. A run that got as far as its manifest is published, whatever failed after:
 * readers may hold it, so what it lists stays. Of any other run only quarantined records stay, to be looked into.
 */
export async function tidyRun({ objects }: SqlMetadataDependencies, run: RunContext): Promise<void> {
  const context = Context.current();
  const { cancellationSignal: signal } = context;
  const keys = new RunKeys(run);
  const listed = await manifestKeys(objects, keys.manifest, signal);
  for (const prefix of listed ? [keys.all] : keys.staged) {
    for await (const { key } of objects.list(prefix, { signal })) {
      if (listed?.has(key)) continue;
      await objects.delete(key, { signal });
      context.heartbeat(key);
    }
  }
}

async function manifestKeys(objects: ObjectStore, key: string, signal: AbortSignal): Promise<Set<string> | undefined> {
  if (!(await objects.stat(key, { signal }))) return undefined;
  const { shards } = await readJson<ExtractionManifest>(objects, key, signal);
  return new Set([key, ...shards.map(({ uri }) => uri)]);
}
