import { Agent, request } from 'node:http';

const TIMEOUT_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Requests over connections that are kept: Node's own client, which costs the least of the processors that all share. */
export class HttpClient {
  readonly #agent: Agent;

  constructor(
    private readonly port: number,
    private readonly headers: Readonly<Record<string, string>>,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  get(path: string): Promise<Answer> {
    return this.#send('GET', path, {});
  }

  post(path: string, body: object, headers: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#send('POST', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, method, path, agent: this.#agent, timeout: TIMEOUT_MS };
      const sent = request({ ...options, headers: { ...this.headers, ...headers } }, (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => { resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }); })
          .on('error', reject);
      });
      sent.on('error', reject);
      sent.on('timeout', () => sent.destroy(new Error(`No answer within ${String(TIMEOUT_MS)} ms`)));
      sent.end(body);
    });
  }
}
