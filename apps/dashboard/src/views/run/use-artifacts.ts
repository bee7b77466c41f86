import { listArtifacts } from '../../api/runs.js';
import type { ArtifactList, Run } from '../../api/types.js';
import { useResource, type Resource } from '../../lib/use-resource.js';

export function useArtifacts({ workflowId, runId }: Run): Resource<ArtifactList> {
  return useResource(`artifacts/${runId}`, (signal) => listArtifacts(workflowId, runId, { signal }));
}
