import type { Problem } from '../api/problem.js';
import { href, withQuery } from '../router/route.js';

/** Link to the run that stands in the way of another, where a problem names one. */
export function RefusalLink({ problem: { run } }: { readonly problem: Problem }) {
  if (run === undefined || !URL.canParse(run, location.origin)) return null;
  const { pathname, searchParams } = new URL(run, location.origin);
  const [, workflowId] = /^\/v1\/runs\/([^/]+)$/.exec(pathname) ?? [];
  if (workflowId === undefined) return null;
  return (
    <a class="button" href={withQuery(href`runs/${decodeURIComponent(workflowId)}`, { runId: searchParams.get('runId') ?? undefined })}>
      Go to that run
    </a>
  );
}
