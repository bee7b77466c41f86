import { listRunTypes } from '../../api/runs.js';
import type { RunType } from '../../api/types.js';
import { useResource, type Resource } from '../../lib/use-resource.js';

let known: Promise<readonly RunType[]> | undefined;

/** The run types of the API: read once, as they change with its version only. */
export function useRunTypes(): Resource<readonly RunType[]> {
  return useResource('run-types', () => {
    known ??= listRunTypes().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  });
}

/** Title of a workflow type, or its name where nothing more is known. */
export function typeTitle(types: readonly RunType[] | undefined, name: string): string {
  return types?.find((type) => type.name === name)?.title ?? name;
}
