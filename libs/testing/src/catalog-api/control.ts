import type { IncomingMessage } from 'node:http';
import type { Faults } from '../launchpad/faults/faults.js';
import type { Catalog } from './catalog.js';
import type { Generations } from './generations.js';
import { problem, type Reply } from './reply.js';
import type { CatalogLog } from './request-log.js';

/** What the hooks work on. */
export interface Controlled {
  readonly catalog: Catalog;
  readonly generations: Generations;
  readonly faults: Faults;
  readonly requests: CatalogLog;
}

interface Order {
  readonly intervals?: number;
  readonly owner?: string;
  readonly status?: number;
  readonly millis?: number;
  readonly times?: number;
}

/**
 * What a test, or somebody at a terminal, can do to the API from outside:
 * `POST /control/rotate`, `POST /control/datasets/{id}/{appear,vanish,stop,resume,owner}`, `POST /control/faults`,
 * `GET /control/requests?after=`. Needs no token.
 */
export async function control({ catalog, generations, faults, requests }: Controlled, request: IncomingMessage, url: URL): Promise<Reply> {
  const [, what, id = '', hook] = url.pathname.split('/').slice(1).map(decodeURIComponent);
  if (what === 'requests' && request.method === 'GET') {
    return { status: 200, body: { latest: requests.latest, requests: requests.after(Number(url.searchParams.get('after') ?? 0)) } };
  }
  if (request.method !== 'POST') return problem(405, 'Use POST');
  if (what === 'rotate') return { status: 200, body: { generation: generations.rotate().generation } };
  const order = await bodyOf(request);
  if (what === 'faults') {
    const times = order.times ?? 1;
    if (order.millis !== undefined) faults.add({ times }, { kind: 'delay', millis: order.millis });
    if (order.status !== undefined) faults.add({ times }, { kind: 'status', status: order.status });
    return { status: 204 };
  }
  if (what !== 'datasets' || !hooks.has(hook ?? '')) return problem(404, 'There is no such hook');
  if (hook === 'appear') catalog.addDataset(id.slice(0, id.indexOf('.')), id);
  if (hook === 'vanish') catalog.removeDataset(id);
  if (hook === 'stop') catalog.stop(id, order.intervals ?? 10);
  if (hook === 'resume') catalog.resume(id);
  if (hook === 'owner') catalog.setOwner(id, order.owner);
  return { status: 204 };
}

const hooks = new Set(['appear', 'vanish', 'stop', 'resume', 'owner']);

async function bodyOf(request: IncomingMessage): Promise<Order> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Order);
}
