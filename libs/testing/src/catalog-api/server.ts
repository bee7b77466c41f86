import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Faults } from '../launchpad/faults/faults.js';
import { Catalog, type CatalogSizes } from './catalog.js';
import { control } from './control.js';
import { Generations } from './generations.js';
import { read } from './read.js';
import { problem, sendReply, type Reply } from './reply.js';
import { CatalogLog, type CatalogRequest } from './request-log.js';

export interface CatalogApiOptions {
  /** What the API knows, or the sizes of a world to make. @default 2 sources of 10 datasets */
  readonly world?: Catalog | CatalogSizes;
  /** Tokens of the first generations, in order. @default random ones */
  readonly tokens?: readonly string[];
  /** @default a free one */
  readonly port?: number;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** Milliseconds that each request takes besides its own time. @default 0 */
  readonly latencyMs?: number;
}

export interface CatalogApi {
  /** Without a slash at its end. */
  readonly url: string;
  readonly catalog: Catalog;
  readonly generations: Generations;
  readonly faults: Faults;
  readonly requests: CatalogLog;
  stop(): Promise<void>;
}

/** Starts a small data catalog: sources, their datasets page by page, and how fresh each is. */
export async function startCatalogApi(options: CatalogApiOptions = {}): Promise<CatalogApi> {
  const { world, host = '127.0.0.1' } = options;
  const parts = {
    catalog: world instanceof Catalog ? world : new Catalog(world),
    generations: new Generations(options.tokens),
    faults: new Faults(),
    requests: new CatalogLog(),
  };
  parts.faults.latencyMs = options.latencyMs ?? 0;
  const server = createServer((request, response) => void handle(parts, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { ...parts, url: `http://${host}:${port}`, stop: () => stop(server) };
}

type Parts = Omit<CatalogApi, 'url' | 'stop'>;

async function handle(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/control/')) {
    sendReply(request, response, await control(parts, request, url).catch((error: unknown) => problem(400, String(error))));
    return;
  }
  const { generations, requests } = parts;
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const entry = requests.begin({
    at: Date.now(),
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    generation: generations.of(token),
    current: generations.current,
  });
  entry.status = sendReply(request, response, (await faultOf(parts, request, url)) ?? answer(parts, entry, url));
}

async function faultOf({ faults }: Parts, request: IncomingMessage, url: URL): Promise<Reply | undefined> {
  const found = faults.take({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, operation: undefined });
  if (faults.latencyMs > 0) await wait(faults.latencyMs);
  for (const fault of found) if (fault.kind === 'delay') await wait(fault.millis);
  const failure = found.find((fault) => fault.kind === 'status');
  return failure && problem(failure.status, 'The server is busy', failure.retryAfter === undefined ? {} : { 'retry-after': String(failure.retryAfter) });
}

function answer({ catalog, generations }: Parts, { generation, method }: CatalogRequest, url: URL): Reply {
  if (generation !== generations.current) {
    const title = generation === undefined ? 'A token is needed' : 'The token is not valid, or not any more';
    return problem(401, title, { 'www-authenticate': 'Bearer' });
  }
  if (method !== 'GET') return problem(405, 'This API is for reading');
  return url.pathname.startsWith('/v1/') ? read(catalog, url) : problem(404, 'There is no such path');
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
