import { href, withQuery } from '../../router/route.js';

/** Address within the page of a run that the API names by its path: /v1/runs/<id>?runId=… */
export function addressOfRun(path: string): string {
  const [place = '', query = ''] = path.split('?', 2);
  const id = place.replace(/^\/v1\/runs\//, '');
  return withQuery(href`runs/${decodeURIComponent(id)}`, { runId: new URLSearchParams(query).get('runId') ?? undefined });
}
