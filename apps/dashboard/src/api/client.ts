import { accessKey, roleDoubted, signOut } from '../session/session.js';
import { ApiFailure, foreignAnswer, isProblem, unreachable, type Problem } from './problem.js';

/** Where the API says who one is: a refusal there says all that there is to say. */
export const CALLER_PATH = '/v1/caller';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Asks with this key instead of that of the session, which such a request does not end. */
  readonly key?: string;
}

/**
 * Sends one request with the key of this session. A refused key ends the session.
 * @throws ApiFailure with the API's problem, or one that says why there is none
 */
export async function send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
  const { query, body, headers, signal, key = accessKey.get() } = options;
  let answer: Response;
  try {
    answer = await fetch(withQuery(path, query), {
      method,
      cache: 'no-store',
      credentials: 'omit',
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiFailure(unreachable());
  }
  if (answer.ok) return answer;
  const problem = await problemIn(answer);
  signal?.throwIfAborted();
  // Of several requests with one key the first ends the session; one with another key may have begun since.
  if (answer.status === 401 && accessKey.get() === key) signOut(`${problem.detail} ${problem.fix}`);
  if (problem.code === 'AUTH_FORBIDDEN' && path !== CALLER_PATH) roleDoubted.set(roleDoubted.get() + 1);
  throw new ApiFailure(problem);
}

/** The JSON that a request is answered with. */
export async function sendJson<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
  const answer = await send(method, path, options);
  // 204 and the like have no body.
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const api = {
  get: <T>(path: string, options?: RequestOptions) => sendJson<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) => sendJson<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body: unknown, options?: RequestOptions) => sendJson<T>('PUT', path, { ...options, body }),
  delete: <T>(path: string, options?: RequestOptions) => sendJson<T>('DELETE', path, options),
};

/** A path of the API with the parts of it encoded: path`/v1/runs/${id}`. */
export function path(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return texts.reduce((whole, text, index) => `${whole}${encodeURIComponent(parts[index - 1] ?? '')}${text}`);
}

function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  if (given.length === 0) return path;
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

async function problemIn(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => undefined);
  return isProblem(body) ? body : foreignAnswer(answer.status);
}
