import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LaunchpadClient, type LaunchpadClientOptions } from '../launchpad-client.js';
import { HostLimiter } from '../http/host-limiter.js';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Number of the request, from 1. */
  readonly count: number;
  /** Sends JSON. */
  json(body: unknown, headers?: Readonly<Record<string, string>>): ServerResponse;
  /** Sends a status with a text. */
  text(status: number, body?: string, headers?: Readonly<Record<string, string>>): ServerResponse;
}

/** A server of one test, on a socket of its own. */
export class TestServer {
  readonly seen: { readonly url: URL; readonly headers: IncomingMessage['headers'] }[] = [];
  readonly #server: Server;

  private constructor(handle: (exchange: Exchange) => void) {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.origin);
      this.seen.push({ url, headers: request.headers });
      handle({
        request,
        response,
        url,
        count: this.seen.length,
        json: (body, headers) => response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)),
        text: (status, body = '', headers = {}) => response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body),
      });
    });
  }

  static async start(handle: (exchange: Exchange) => void): Promise<TestServer> {
    const server = new TestServer(handle);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A client of this server with a limiter of its own and short waits. */
  client(options: Partial<LaunchpadClientOptions> = {}): LaunchpadClient {
    return new LaunchpadClient({
      serviceRoot: this.origin,
      applicationName: 'probe app',
      limiter: new HostLimiter(this.origin),
      ...options,
      retry: { firstWaitMs: 10, ...options.retry },
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Entries of a collection, as Launchpad would send page by page. */
export function page(entries: readonly unknown[], { start = 0, next, total }: { start?: number; next?: string; total?: number } = {}) {
  return { start, entries, ...(next !== undefined && { next_collection_link: next }), ...(total !== undefined && { total_size: total }) };
}
