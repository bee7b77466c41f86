import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HEALTH_SERVER_FAILED } from './errors.js';
import type { ReadinessState } from './readiness.js';

export interface HealthServerOptions {
  readonly host: string;
  readonly port: number;
  /** What /livez answers with, besides that the process is alive. */
  readonly about: Readonly<Record<string, string | undefined>>;
  readonly readiness: () => ReadinessState;
  /** Metrics in Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves /livez, /readyz and /metrics. @throws CodedError HEALTH_SERVER_FAILED */
export async function startHealthServer({ host, port, about, readiness, metrics }: HealthServerOptions): Promise<HealthServer> {
  const routes = new Map<string, (response: ServerResponse) => Promise<void> | void>([
    ['/livez', (response) => sendJson(response, 200, { alive: true, ...about })],
    ['/readyz', (response) => sendJson(response, readiness().ready ? 200 : 503, readiness())],
    [
      '/metrics',
      async (response) => {
        const text = await metrics();
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
      },
    ],
  ]);
  const server = createServer((request, response) => {
    const route = routes.get(request.url?.split('?')[0] ?? '');
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendJson(response, 405, { allowed: ['GET', 'HEAD'] });
    if (!route) return sendJson(response, 404, { paths: [...routes.keys()] });
    Promise.resolve(route(response)).catch((error: unknown) => sendJson(response, 500, { error: (error as Error).name }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(HEALTH_SERVER_FAILED({ host, port, reason: error.code ?? error.message }, { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  // What keeps the process alive is the worker.
  server.unref();
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
