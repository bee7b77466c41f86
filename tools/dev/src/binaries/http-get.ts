import { Agent as HttpAgent, get as httpGet } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';

const REDIRECTS = 5;

export interface GetOptions {
  /** Time until the connection stands and answers. */
  readonly connectTimeoutMs: number;
  /** Longest pause between two pieces of the body. */
  readonly stallTimeoutMs: number;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * GET that follows redirects and honours HTTPS_PROXY and NO_PROXY. Gives the response with its body unread.
 * @throws Error when the server is not reached in time, or answers with anything but 200
 */
export async function httpGetStream(url: string, options: GetOptions): Promise<IncomingMessage> {
  let current = new URL(url);
  for (let redirects = 0; redirects <= REDIRECTS; redirects += 1) {
    const response = await request(current, options);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return response;
    response.resume();
    if (statusCode < 300 || statusCode >= 400 || !headers.location) throw new Error(`${current.host} answered ${String(statusCode)}`);
    current = new URL(headers.location, current);
  }
  throw new Error(`more than ${String(REDIRECTS)} redirects`);
}

function request(url: URL, { connectTimeoutMs, stallTimeoutMs, env }: GetOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { 'user-agent': 'tributary', accept: '*/*' };
    const sending =
      url.protocol === 'http:'
        ? httpGet(url, { headers, agent: new HttpAgent({ proxyEnv: env }) })
        : httpsGet(url, { headers, agent: new HttpsAgent({ proxyEnv: env }) });
    const patience = setTimeout(
      () => sending.destroy(new Error(`${url.host} did not answer within ${String(connectTimeoutMs / 1000)} s`)),
      connectTimeoutMs,
    );
    sending.once('error', (error) => {
      clearTimeout(patience);
      reject(new Error(`${url.host}: ${error.message || (error as NodeJS.ErrnoException).code || 'connection failed'}`));
    });
    sending.once('response', (response) => {
      clearTimeout(patience);
      response.setTimeout(stallTimeoutMs, () => response.destroy(new Error(`${url.host} sent nothing for ${String(stallTimeoutMs / 1000)} s`)));
      resolve(response);
    });
  });
}
