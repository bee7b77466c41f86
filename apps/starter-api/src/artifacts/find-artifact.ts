import type { ObjectRef } from '@tributary/common';
import type { ExtractionManifest } from '@tributary/workflow-contracts/sql-metadata';
import { ARTIFACT_UNKNOWN } from '../errors.js';

/** The manifest itself or one of the shards it lists, and nothing else: no key of a client reaches the store. */
export function findArtifact(manifest: ExtractionManifest, manifestRef: ObjectRef, key: string): ObjectRef {
  if (key === manifestRef.uri) return manifestRef;
  const shard = manifest.shards.find(({ uri }) => uri === key);
  if (!shard) throw ARTIFACT_UNKNOWN();
  return shard;
}
