import type { ObjectRef } from '@tributary/common';
import { ARTIFACT_UNKNOWN } from '../errors.js';
import type { RunResult } from '../runs/run-type.js';
import type { Artifact } from '../schemas.js';
import type { ManifestReader } from './manifest-reader.js';

/** What a run has published. */
export interface Published {
  /** Of an extraction: what lists the rest. */
  readonly manifest?: ObjectRef;
  readonly artifacts: readonly (ObjectRef & Omit<Artifact, 'key' | 'href'>)[];
}

/** @throws CodedError ARTIFACT_DAMAGED */
export async function publishedBy(result: RunResult, manifests: ManifestReader): Promise<Published> {
  if ('report' in result) return { artifacts: [{ ...result.report, content: 'report' }] };
  const { shards } = await manifests.read(result.manifest);
  return { manifest: result.manifest, artifacts: shards };
}

/**
 * One of what a run has published, and nothing else: no key of a client reaches the store.
 * @throws CodedError ARTIFACT_UNKNOWN
 */
export function findArtifact({ manifest, artifacts }: Published, key: string): ObjectRef {
  const found = [...(manifest ? [manifest] : []), ...artifacts].find(({ uri }) => uri === key);
  if (!found) throw ARTIFACT_UNKNOWN();
  return found;
}
