// The API, as the samples use it.
import { setTimeout as delay } from 'node:timers/promises';

const base = process.env.API_URL ?? 'http://starter-api-sidecar:8000';
const headers = { authorization: `Bearer ${process.env.API_KEY}` };
const WAIT_MS = 300_000;

/** Calls the API: POST with a body, GET without. @throws Error for another status than 2xx, unless it is `allowed` */
export async function call(path, { body, allowed = [] } = {}) {
  const response = await fetch(new URL(path, base), {
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? { headers } : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok && !allowed.includes(response.status)) throw new Error(`${response.status} ${path}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Asks again until the answer will do, and gives it. @throws Error after five minutes */
export async function until(what, ask, willDo) {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const answer = await ask();
    if (willDo(answer)) return answer;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}: ${JSON.stringify(answer)}`);
    await delay(500);
  }
}

/** Starts a run of a type, and gives it when it has ended. */
export async function run(type, input) {
  const { workflowId, runId } = await call(`/v1/runs/${type}`, { body: input });
  console.log(`Started ${workflowId}`);
  const path = `/v1/runs/${encodeURIComponent(workflowId)}?runId=${runId}`;
  return until(`the end of ${workflowId}`, () => call(path), ({ status }) => status !== 'running');
}
