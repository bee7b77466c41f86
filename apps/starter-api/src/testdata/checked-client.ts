import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { bearer, TEST_KEYS } from './access.js';

interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
  readonly 'x-required-role'?: string;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** A request that was answered. */
export interface Exchange {
  readonly operationId: string | undefined;
  readonly path: string;
  readonly init: RequestInit;
  readonly status: number;
}

/** They are not documented: whoever runs the API knows them. */
const PROBES = new Set(['/livez', '/readyz']);

/** Calls the API and checks every JSON answer against the schema that its OpenAPI document has for it. */
export class CheckedClient {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  /** What was asked and how it was answered, in order. */
  readonly exchanges: Exchange[] = [];

  private constructor(
    readonly url: string,
    readonly key: string,
    readonly document: OpenApi,
  ) {
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'openapi', undefined, false);
  }

  /** A client with a key, the admin's where none is given. */
  static async of(url: string, key: string = TEST_KEYS.admin): Promise<CheckedClient> {
    const document = (await (await fetch(`${url}/openapi.json`, { headers: bearer(key) })).json()) as OpenApi;
    return new CheckedClient(url, key, document);
  }

  /** The same with another key, as of another role. */
  as(key: string): CheckedClient {
    return new CheckedClient(this.url, key, this.document);
  }

  async get<T = Record<string, unknown>>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call('GET', path, { headers });
  }

  async post<T = Record<string, unknown>>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call('POST', path, {
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  async call<T = Record<string, unknown>>(method: string, path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const headers = { ...bearer(this.key), ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(`${this.url}${path}`, { method, ...init, headers });
    const text = await response.text();
    this.exchanges.push({ operationId: this.operationOf(method, path)?.operationId, path, init, status: response.status });
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    const body: unknown = /[/+]json$/.test(type) && text !== '' ? JSON.parse(text) : undefined;
    if (body !== undefined) this.check(method, path, response.status, type, body);
    return { status: response.status, headers: response.headers, body: body as T, text };
  }

  private check(method: string, path: string, status: number, type: string, body: unknown): void {
    const template = this.templateOf(path);
    const documented = this.operationOf(method, path);
    const pointer =
      documented === undefined
        ? `/components/schemas/${method === 'GET' && PROBES.has(path) ? 'Health' : 'Problem'}`
        : ['', 'paths', template, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'].map((part) => part?.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    if (documented && !documented.responses[String(status)]?.content?.[type]) {
      throw new Error(`${method} ${path} answered ${status} ${type}, which its OpenAPI document does not have`);
    }
    const validate = this.ajv.compile({ $ref: `openapi#${encodeURI(pointer)}` });
    if (!validate(body)) {
      throw new Error(`${method} ${path} answered ${status} with a body that does not fit: ${this.ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`);
    }
  }

  private operationOf(method: string, path: string): Operation | undefined {
    const template = this.templateOf(path);
    return template === undefined ? undefined : this.document.paths[template]?.[method.toLowerCase()];
  }

  private templateOf(path: string): string | undefined {
    const plain = path.split('?', 1)[0] ?? '';
    return Object.keys(this.document.paths)
      .sort((a, b) => a.split('{').length - b.split('{').length)
      .find((template) => new RegExp(`^${template.replace('{key}', '.+').replace(/\{\w+\}/g, '[^/]+')}$`).test(plain));
  }
}
