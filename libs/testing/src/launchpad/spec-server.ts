import { afterEach } from '@jest/globals';

import { type LaunchpadOptions, type LaunchpadServer, startLaunchpad } from './server.js';
import { World } from './world/world.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, as loosely typed as a test wants it. */
  readonly json: Page;
}

export interface Page {
  readonly [field: string]: unknown;
  readonly entries: readonly { readonly [field: string]: unknown }[];
  readonly total_size?: number;
  readonly total_size_link?: string;
  readonly next_collection_link?: string;
  readonly prev_collection_link?: string;
}

let running: LaunchpadServer[] = [];

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
});

/** Starts a server that ends with the test. */
export async function serveWorld(
  world: World,
  options: Omit<LaunchpadOptions, 'world'> = {},
): Promise<LaunchpadServer> {
  const server = await startLaunchpad({ ...options, world });
  running.push(server);
  return server;
}

/** Asks for a URL, or for a path below `devel/`; redirects are not followed. */
export async function ask(
  server: LaunchpadServer,
  where: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const url = where.startsWith('http') ? where : `${server.url}devel/${where}`;
  const response = await fetch(url, { headers, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

function parse(text: string): Page {
  try {
    return JSON.parse(text) as Page;
  } catch {
    return { entries: [] };
  }
}

/** A world of alice, bob, carol, the project `tributary` and the distribution `ubuntu`, where nothing has happened. */
export function quietWorld(): World {
  const at = '2025-01-01T00:00:00Z';
  const world = new World();
  for (const name of ['alice', 'bob', 'carol']) world.people.add(name, { displayName: `${name} A.`, at });
  world.pillars.addProject('tributary', { owner: 'alice', at });
  world.pillars.addProject('estuary', { owner: 'alice', at });
  world.pillars.addDistribution('ubuntu', { owner: 'alice', at, series: [{ name: 'noble', version: '24.04' }] });
  return world;
}

/** The header that signs requests with a token, encoded twice as OAuth's PLAINTEXT has it. */
export function signed(token: { key: string; secret: string; consumer: string }): Record<string, string> {
  const quote = encodeURIComponent;
  const parts = {
    oauth_consumer_key: token.consumer,
    oauth_token: token.key,
    oauth_signature_method: 'PLAINTEXT',
    oauth_signature: `&${quote(token.secret)}`,
  };
  return {
    Authorization: `OAuth realm="OAuth", ${Object.entries(parts)
      .map(([name, value]) => `${name}="${quote(value)}"`)
      .join(', ')}`,
  };
}
