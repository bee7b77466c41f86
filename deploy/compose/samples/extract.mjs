// Starts an extraction of the sample through the API, waits for it and prints its summary; ends with 1 when it fails.
const base = process.env.API_URL ?? 'http://starter-api-sidecar:8000';
const headers = { authorization: `Bearer ${process.env.API_KEY}`, 'content-type': 'application/json' };

async function call(path, options = {}) {
  const response = await fetch(new URL(path, base), { headers, signal: AbortSignal.timeout(30_000), ...options });
  const body = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${path}: ${JSON.stringify(body)}`);
  return body;
}

const input = {
  connection: { name: 'Sample', qualifiedName: 'default/postgres/sample' },
  source: {
    type: 'postgres',
    host: 'sample-database',
    user: 'reader',
    database: 'sample',
    password: 'secret://secrets/sql-sources#sample',
    sslMode: 'disable',
  },
};
const started = await call('/v1/runs/extract-sql-metadata', { method: 'POST', body: JSON.stringify(input) });
console.log(`Started ${started.workflowId}`);
const path = `/v1/runs/${encodeURIComponent(started.workflowId)}?runId=${started.runId}`;
const until = Date.now() + 300_000;
let run = await call(path);
while (run.status === 'running' && Date.now() < until) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  run = await call(path);
}
console.log(JSON.stringify(run, null, 2));
process.exitCode = run.status === 'completed' ? 0 : 1;
