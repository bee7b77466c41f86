import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Asked {
  readonly path: string;
  readonly token: string | undefined;
  readonly status: number;
  readonly at: number;
}

/** The part of a token that anybody may know: what stands before the first dot. */
export function labelOf(token: string | undefined): string | undefined {
  return token?.split('.')[0];
}

/** A small HTTP API with data sources and datasets, which takes only the tokens that count now, and logs what it is asked. */
export class EstateApi {
  readonly log: Asked[] = [];
  /** Tokens that are taken now. */
  tokens = new Set(['first']);
  /** Datasets by source. */
  datasets: Record<string, { id: string; name: string; active?: boolean }[]> = {};
  health: Record<string, string> = {};
  delayMs = 0;
  /** Status to answer with instead. */
  broken: number | undefined;
  private server: Server | undefined;

  get url(): string {
    return `http://${this.host}`;
  }

  get host(): string {
    return `127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  static async start(): Promise<EstateApi> {
    const api = new EstateApi();
    api.server = createServer((request, response) => void api.answer(request, response));
    await new Promise<void>((resolve) => api.server?.listen(0, '127.0.0.1', resolve));
    return api;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** What was asked of a path. */
  asked(path: string): Asked[] {
    return this.log.filter((each) => each.path === path);
  }

  private async answer({ url = '', headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const token = headers.authorization?.replace('Bearer ', '');
    // A token counts as it was when the request came.
    const isAllowed = token !== undefined && this.tokens.has(token);
    if (this.delayMs > 0) await sleep(this.delayMs);
    const send = (status: number, body: unknown, more: Record<string, string> = {}): void => {
      this.log.push({ path: url, token, status, at });
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(status === 304 ? '' : JSON.stringify(body));
    };
    if (this.broken !== undefined) return send(this.broken, { error: 'broken' });
    if (url === '/moved') return send(302, {}, { location: 'http://localhost:9/elsewhere' });
    if (!isAllowed) return send(401, { error: 'token refused' });
    const [, kind, id = ''] = url.split('/').map(decodeURIComponent);
    if (kind === 'sources') {
      const items = this.datasets[id] ?? [];
      const etag = `"${JSON.stringify(items).length}-${items.length}"`;
      return headers['if-none-match'] === etag ? send(304, {}, { etag }) : send(200, { items }, { etag });
    }
    return send(200, { id, health: this.health[id] ?? 'healthy', rows: 7, token: labelOf(token) });
  }
}
