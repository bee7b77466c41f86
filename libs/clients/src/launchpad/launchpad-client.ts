import { isCodedError, version as clientVersion } from '@tributary/common';
import { readCollection } from './collection-reader.js';
import {
  LAUNCHPAD_FORBIDDEN,
  LAUNCHPAD_GONE,
  LAUNCHPAD_LINK_REDACTED,
  LAUNCHPAD_NOT_FOUND,
  LAUNCHPAD_OPERATION_UNKNOWN,
} from './errors.js';
import { type HostLimiter, hostLimiter } from './http/host-limiter.js';
import { type JsonAnswer, Requester } from './http/requester.js';
import { DEFAULT_RETRY_POLICY, type RetryPolicy } from './http/retry-policy.js';
import type { PageLimits } from './page-size.js';
import { encodeParameters } from './parameters.js';
import { markRedacted } from './redact.js';
import { resourceLink } from './resource-link.js';
import { type OperationDescription, serviceDescription } from './service-description/description.js';
import { type LaunchpadVersion, serviceRootUrl } from './service-root.js';
import type {
  CollectionPage,
  Found,
  Launchpad,
  LaunchpadCredentials,
  OperationName,
  OperationParameters,
  PageOperation,
  PageOptions,
  RequestOptions,
  RequestReport,
  Resource,
  ResourceName,
  ResultOf,
  ReturnOf,
  SingleOperation,
} from './types.js';

export interface LaunchpadClientOptions {
  /** Name of an instance (`production`, `staging` …) or URL, without version. */
  readonly serviceRoot: string;
  /** @default 'devel', which the types describe; others lack some fields and operations */
  readonly version?: LaunchpadVersion;
  /** Under which Launchpad knows the application, and to which a token belongs. */
  readonly applicationName: string;
  /** Absent: anonymous access. */
  readonly credentials?: LaunchpadCredentials;
  /** @default the one that this process shares for the host */
  readonly limiter?: HostLimiter;
  /** Requests in flight to the host; others of this process may have asked for fewer. Not with `limiter`. @default 8 */
  readonly maxInFlight?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** Bytes above which a page is asked for again in halves. @default 8 MiB */
  readonly pageBytes?: number;
  /** Entries kept to be asked for by their ETag. @default 200 */
  readonly cacheEntries?: number;
  /** Told of every request, retries included. */
  readonly onRequest?: (report: RequestReport) => void;
}

const PAGE_BYTES = 8 * 1024 * 1024;
const ENTRY_BYTES = 64 * 1024 * 1024;
const CACHE_ENTRIES = 200;

/** Reads one Launchpad, as one person or anonymously. */
export class LaunchpadClient implements Launchpad {
  readonly root: string;
  readonly #requester: Requester;
  readonly #limits: PageLimits;

  /** @throws CodedError LAUNCHPAD_SERVICE_ROOT_INVALID */
  constructor(options: LaunchpadClientOptions) {
    const { applicationName, credentials, retry, onRequest } = options;
    this.root = `${serviceRootUrl(options.serviceRoot)}${options.version ?? 'devel'}/`;
    const { origin } = new URL(this.root);
    const policy = { ...DEFAULT_RETRY_POLICY, ...retry };
    this.#limits = { most: Infinity, bytes: options.pageBytes ?? PAGE_BYTES, slowMs: policy.timeoutMs / 4 };
    this.#requester = new Requester({
      origin,
      ownPage: `${this.root}people/+me`,
      applicationName,
      userAgent: `Tributary/${clientVersion} (${applicationName.replace(/[^\x20-\x7e]|[()\\]/g, '_')})`,
      credentials,
      limiter: options.limiter ?? hostLimiter(origin, options.maxInFlight),
      policy,
      cacheEntries: options.cacheEntries ?? CACHE_ENTRIES,
      onRequest,
    });
  }

  get clockLeadMs(): number | undefined {
    return this.#requester.clockLeadMs;
  }

  link(path: string): string {
    return resourceLink(this.root, path);
  }

  async get<T extends ResourceName>(type: T, link: string, { signal }: RequestOptions = {}): Promise<Resource<T>> {
    const { value } = await this.#entry(type, link, signal);
    return markRedacted(value) as Resource<T>;
  }

  async find<T extends ResourceName>(type: T, link: string, { signal }: RequestOptions = {}): Promise<Found<T>> {
    try {
      const { value, redirected, url } = await this.#entry(type, link, signal);
      const resource = markRedacted(value) as Resource<T>;
      return { outcome: 'found', resource, ...(redirected && { renamedTo: url }) };
    } catch (error) {
      const outcome = isCodedError(error) ? ABSENCES[error.code] : undefined;
      if (outcome === undefined) throw error;
      return { outcome };
    }
  }

  collection<T extends ResourceName>(type: T, link: string, options?: PageOptions): AsyncGenerator<CollectionPage<T>> {
    return readCollection<T>(this.#requester, this.#limits, type, checkedLink(link), options);
  }

  operation<O extends PageOperation>(
    operation: O,
    on: string,
    parameters: OperationParameters<O>,
    options?: PageOptions,
  ): AsyncGenerator<CollectionPage<ReturnOf<O>>> {
    const { link } = operationLink(operation, ['page'], on, parameters);
    return readCollection<ReturnOf<O>>(this.#requester, this.#limits, operation, link, options);
  }

  async call<O extends SingleOperation>(
    operation: O,
    on: string,
    parameters: OperationParameters<O>,
    { signal }: RequestOptions = {},
  ): Promise<ResultOf<O>> {
    const { link, returns } = operationLink(operation, ['entry', 'value'], on, parameters);
    const check = (value: unknown): string | undefined =>
      returns === 'value' || value === null ? undefined : checkEntry(value);
    const reading = { what: operation, url: () => link, limitBytes: () => ENTRY_BYTES, check };
    const { value } = await this.#requester.read(reading, signal);
    return markRedacted(value) as ResultOf<O>;
  }

  #entry(what: ResourceName, link: string, signal: AbortSignal | undefined): Promise<JsonAnswer> {
    const url = checkedLink(link);
    const reading = { what, url: () => url, limitBytes: () => ENTRY_BYTES, cached: true, check: checkEntry };
    return this.#requester.read(reading, signal);
  }
}

const ABSENCES: Readonly<Record<string, 'not_found' | 'gone' | 'private'>> = {
  [LAUNCHPAD_NOT_FOUND.code]: 'not_found',
  [LAUNCHPAD_GONE.code]: 'gone',
  [LAUNCHPAD_FORBIDDEN.code]: 'private',
};

function operationLink(
  operation: OperationName,
  expected: readonly OperationDescription['returns'][],
  on: string,
  parameters: object,
): { readonly link: string; readonly returns: OperationDescription['returns'] } {
  const [type = '', name = ''] = operation.split('.');
  const operations = owned(serviceDescription().types, type)?.operations ?? {};
  const description = owned(operations, name);
  if (!description || !expected.includes(description.returns)) {
    throw LAUNCHPAD_OPERATION_UNKNOWN({ operation, expected: expected.join(' or ') });
  }
  const query = encodeParameters(operation, description, { ...parameters });
  return { link: `${checkedLink(on)}?${query.toString()}`, returns: description.returns };
}

function owned<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Guards those who got past the types with a withheld link. */
function checkedLink(link: unknown): string {
  if (typeof link !== 'string') throw LAUNCHPAD_LINK_REDACTED({ outcome: 'private' });
  return link;
}

function checkEntry(value: unknown): string | undefined {
  const entry = (value ?? {}) as { readonly self_link?: unknown };
  return typeof entry.self_link === 'string' ? undefined : 'JSON that is no entry';
}
