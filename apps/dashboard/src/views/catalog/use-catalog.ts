import { useState } from 'preact/hooks';
import { getRun, listArtifacts } from '../../api/runs.js';
import type { Run } from '../../api/types.js';
import { useResource, type Resource } from '../../lib/use-resource.js';
import { readCatalog, type ReadCatalog } from './read-catalog.js';

export interface Reading {
  readonly read: number;
  readonly total: number;
}

/** A run, and the catalog that it has published. */
export function useCatalog(workflowId: string, runId: string | undefined): Resource<{ readonly run: Run; readonly found: ReadCatalog }> & { readonly reading: Reading | undefined } {
  const [reading, setReading] = useState<Reading>();
  const resource = useResource(`catalog/${workflowId}/${runId ?? ''}`, async (signal) => {
    const run = await getRun(workflowId, runId, { signal });
    const { artifacts } = await listArtifacts(workflowId, run.runId, { signal });
    const found = await readCatalog(artifacts, signal, (read, total) => { setReading({ read, total }); });
    return { run, found };
  });
  return { ...resource, reading };
}
