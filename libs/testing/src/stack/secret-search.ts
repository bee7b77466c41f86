import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import type { BuiltApp } from './built-app.js';
import type { TestStack } from './test-stack.js';

/** Every place that a text could have got to, by name. */
export type Places = ReadonlyMap<string, Buffer>;

export interface SearchedPlaces {
  readonly stack: TestStack;
  readonly apps: readonly BuiltApp[];
  /** Contents of databases, by name: connection URL and query. */
  readonly queries?: Readonly<Record<string, { readonly url: string; readonly sql: string }>>;
  /** What the test itself has received: HTTP bodies, histories, traces. */
  readonly received?: Readonly<Record<string, readonly Buffer[]>>;
}

/**
 * Collects where a stack and its apps leave traces: all files of the stack but the secret store (object store, Temporal's
 * database, logs of the apps), logs of the servers, metrics, the state store, and what else is named.
 */
export async function collectPlaces({ stack, apps, queries = {}, received = {} }: SearchedPlaces): Promise<Places> {
  const found = new Map<string, Buffer>();
  for (const entry of readdirSync(stack.folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'secrets.json') continue;
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    found.set(path.slice(stack.folder.length + 1), entry.name.endsWith('.gz') ? gunzipSync(body) : body);
  }
  const logs = { 'daprd log': stack.daprd, 'Temporal log': stack.temporal, 'PostgreSQL log': stack.postgres };
  for (const [name, { logFile }] of Object.entries(logs)) found.set(name, readFileSync(logFile));
  for (const { url, headers = {} } of [...apps, { url: `http://127.0.0.1:${String(stack.daprd.metricsPort)}` }]) {
    const answer = await fetch(`${url}/metrics`, { headers });
    if (!answer.ok) throw new Error(`${url}/metrics answers ${String(answer.status)}: there is nothing to search`);
    found.set(`${url}/metrics`, Buffer.from(await answer.arrayBuffer()));
  }
  const all = { state: { url: stack.postgres.url, sql: 'SELECT * FROM dapr_state' }, ...queries };
  for (const [name, { url, sql }] of Object.entries(all)) found.set(name, Buffer.from(JSON.stringify(await rowsOf(url, sql))));
  for (const [name, bodies] of Object.entries(received)) found.set(name, Buffer.concat(bodies));
  return found;
}

/** Names of the places that hold a text in any spelling. */
export function placesWith(places: Places, text: string): string[] {
  const wanted = spellings(text);
  return [...places].filter(([, body]) => wanted.some((spelling) => body.includes(spelling))).map(([name]) => name);
}

/** A text as it is, and as URL encoding, JSON, hexadecimal and base64 write it. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  // In the middle of other bytes base64 shifts: every alignment, without the characters that neighbours share.
  const shifted = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').slice(shift === 0 ? 0 : 4, -4));
  return [text, encodeURIComponent(text), encodeURI(text), JSON.stringify(text).slice(1, -1), bytes.toString('hex'), ...shifted];
}

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
