/** Where a run and what belongs to it are found; paths are relative to the API's origin. */
export interface RunLinks {
  readonly self: string;
  readonly progress: string;
  readonly artifacts: string;
  readonly temporalUi?: string;
}

/** What Temporal UI links are made from. */
export interface TemporalUi {
  /** Base address; no links without it. */
  readonly url: string | undefined;
  readonly namespace: string;
}

/** Links to exactly this run: a workflow id may have had earlier and later ones. */
export function runLinks(workflowId: string, runId: string, ui: TemporalUi): RunLinks {
  const run = `/v1/runs/${encodeURIComponent(workflowId)}`;
  const query = `?runId=${encodeURIComponent(runId)}`;
  return {
    self: `${run}${query}`,
    progress: `${run}/progress${query}`,
    artifacts: `${run}/artifacts${query}`,
    ...(ui.url === undefined ? {} : { temporalUi: temporalUiLink(ui.url, ui.namespace, workflowId, runId) }),
  };
}

/** Link to one artifact; the key's slashes stay slashes, everything else is percent-encoded. */
export function artifactLink(workflowId: string, runId: string, key: string): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `/v1/runs/${encodeURIComponent(workflowId)}/artifacts/${path}?runId=${encodeURIComponent(runId)}`;
}

function temporalUiLink(url: string, namespace: string, workflowId: string, runId: string): string {
  const [base, ...rest] = [url.replace(/\/+$/, ''), namespace, workflowId, runId];
  const [ns = '', workflow = '', run = ''] = rest.map(encodeURIComponent);
  return `${base}/namespaces/${ns}/workflows/${workflow}/${run}/history`;
}
