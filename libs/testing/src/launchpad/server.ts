import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { type Answer, JSON_TYPE, send, TEXT_TYPE } from './answer.js';
import { authenticate } from './auth/authenticate.js';
import { dance } from './auth/dance.js';
import { Tokens } from './auth/tokens.js';
import { type Fault, Faults, type RequestFacts } from './faults/faults.js';
import { type LoggedRequest, RequestLog } from './faults/request-log.js';
import { notFound, Problem } from './http-problem.js';
import { ANONYMOUS } from './representation/caller.js';
import { VERSIONS, type Version, View } from './representation/view.js';
import { type RowCache, serve } from './serve.js';
import { createWorld } from './world/create-world.js';
import type { World } from './world/world.js';

export interface LaunchpadOptions {
  /** What the server knows. @default `createWorld()` */
  readonly world?: World;
  /** @default a free one */
  readonly port?: number;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** Milliseconds that each request takes besides its own time. @default 0 */
  readonly latencyMs?: number;
  /** The most rows of a page; more are refused with 400. @default 300 */
  readonly pageCap?: number;
  /** Rows of a page when none are asked for. @default 75 */
  readonly pageSize?: number;
}

export interface LaunchpadServer {
  /** The service root, without a version, with a slash at its end. */
  readonly url: string;
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly requests: RequestLog;
  stop(): Promise<void>;
}

/** Starts a server that answers as Launchpad's web service does, from a world in memory. */
export async function startLaunchpad(options: LaunchpadOptions = {}): Promise<LaunchpadServer> {
  const launchpad = new Launchpad(options);
  const server = createServer((request, response) => void launchpad.handle(request, response));
  server.keepAliveTimeout = 60_000;
  server.maxRequestsPerSocket = 100;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, () => {
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const { world, tokens, faults, requests } = launchpad;
  return { url: `http://${host}:${port}/`, world, tokens, faults, requests, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

class Launchpad {
  readonly world: World;
  readonly tokens = new Tokens();
  readonly faults = new Faults();
  readonly requests = new RequestLog();
  readonly #pageSize: number;
  readonly #caches = new Map<string, RowCache>();

  constructor(options: LaunchpadOptions) {
    this.world = options.world ?? createWorld();
    this.faults.latencyMs = options.latencyMs ?? 0;
    this.faults.pageCap = options.pageCap ?? 300;
    this.#pageSize = options.pageSize ?? 75;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}/`);
    const place = placeOf(url);
    const facts: RequestFacts = {
      method: request.method ?? 'GET',
      path: place.path,
      query: url.searchParams,
      operation: url.searchParams.get('ws.op') ?? undefined,
    };
    const entry: LoggedRequest = {
      ...facts,
      url: request.url ?? '/',
      userAgent: request.headers['user-agent'],
      caller: undefined,
      status: 0,
      millis: 0,
      bytes: 0,
    };
    const began = performance.now();
    this.requests.begin(entry);
    response.once('close', () => {
      entry.millis = performance.now() - began;
      this.requests.end();
    });
    const faults = this.faults.take(facts);
    if (this.faults.latencyMs > 0) await wait(this.faults.latencyMs);
    for (const fault of faults) if (fault.kind === 'delay') await wait(fault.millis);

    const fault = faults.find(({ kind }) => kind !== 'delay');
    const answer = faultAnswer(fault) ?? (await this.#answer(request, url, place, entry));
    entry.status = fault?.kind === 'reset' ? 0 : answer.status;
    entry.bytes = send(request, response, damaged(answer, fault), { cut: fault?.kind === 'reset' });
  }

  async #answer(request: IncomingMessage, url: URL, place: Place, entry: LoggedRequest): Promise<Answer> {
    try {
      if (place.version === undefined) return await this.#webRoot(request, url);
      if (!(VERSIONS as readonly string[]).includes(place.version)) throw notFound(place.version);
      if (request.method !== 'GET' && request.method !== 'HEAD') throw new Problem(405, 'This service is for reading.');
      const caller = authenticate(request, this.tokens, this.world);
      entry.caller = caller.person?.name;
      const size = Number(url.searchParams.get('ws.size') ?? this.#pageSize);
      if (size > (this.faults.timeoutAbove ?? Number.POSITIVE_INFINITY)) return timeout();
      const view = new View(
        this.world,
        place.version as Version,
        caller,
        `${url.origin}${place.root}/`,
        `${url.origin}/`,
      );
      return serve(place.path, {
        view,
        query: url.searchParams,
        accept: request.headers.accept ?? '',
        batch: { defaultSize: this.#pageSize, maximumSize: this.faults.pageCap },
        cache: this.#cache(caller === ANONYMOUS ? '' : `${entry.caller ?? ''} ${caller.seesPrivate} ${caller.admin}`),
      });
    } catch (error) {
      if (error instanceof Problem)
        return { status: error.status, type: TEXT_TYPE, body: error.message, headers: error.headers };
      return { status: 500, type: TEXT_TYPE, body: `Oops: ${String(error)}` };
    }
  }

  async #webRoot(request: IncomingMessage, url: URL): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const answer = dance(request.method ?? 'GET', url, form, request.headers.accept ?? '', this.tokens, this.world);
    if (answer === undefined) throw notFound(url.pathname);
    return answer;
  }

  #cache(caller: string): RowCache {
    const known = this.#caches.get(caller) ?? (new Map() as RowCache);
    if (known.size > 500) known.clear();
    this.#caches.set(caller, known);
    return known;
  }
}

interface Place {
  /** Undefined on the web root. */
  readonly version: string | undefined;
  /** What comes before the path: `/devel`, `/api/devel`. */
  readonly root: string;
  readonly path: string;
}

/** The API is at the root of its own host, and below `/api` of the others. */
function placeOf(url: URL): Place {
  const match = /^((?:\/api)?\/([^/+~]+))(\/.*)?$/.exec(url.pathname);
  if (match === null) return { version: undefined, root: '', path: url.pathname };
  return { version: match[2], root: match[1] ?? '', path: match[3] ?? '/' };
}

function faultAnswer(fault: Fault | undefined): Answer | undefined {
  if (fault?.kind === 'status') {
    const headers: Record<string, string> =
      fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
    return { status: fault.status, type: TEXT_TYPE, body: fault.text ?? `Status ${fault.status}`, headers };
  }
  if (fault?.kind === 'html') {
    const body =
      '<!DOCTYPE html><html><head><title>Please try again</title></head><body><h1>Launchpad is busy</h1></body></html>';
    return { status: fault.status, type: 'text/html;charset=utf-8', body };
  }
  return undefined;
}

function timeout(): Answer {
  return {
    status: 503,
    type: TEXT_TYPE,
    body: 'Timeout error, please try again in a few minutes.',
    headers: { 'Retry-After': '900' },
  };
}

function damaged(answer: Answer, fault: Fault | undefined): Answer {
  if (fault?.kind === 'truncate') return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
  if (fault?.kind === 'rewrite' && answer.type === JSON_TYPE) return { ...answer, body: fault.rewrite(answer.body) };
  return answer;
}
