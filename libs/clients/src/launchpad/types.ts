import type { Secret } from '@tributary/common';
import type { Operations } from './service-description/operations.generated.js';
import type { Resources } from './service-description/resources.generated.js';

/** `person`, `bug_task` … */
export type ResourceName = keyof Resources;

/** An entry, with every field that its reader may not see as `REDACTED`. */
export type Resource<T extends ResourceName = ResourceName> = Resources[T];

/** `person.searchTasks`, `people.getByEmail` … */
export type OperationName = keyof Operations;

export type OperationParameters<O extends OperationName> = Operations[O]['parameters'];

type Returning<R> = { [O in OperationName]: Operations[O]['returns'] extends R ? O : never }[OperationName];

/** Operations that give a collection. */
export type PageOperation = Returning<'page'>;

/** Operations that give one entry or a value. */
export type SingleOperation = Returning<'entry' | 'value'>;

/** Resource type of an operation's entries. */
export type ReturnOf<O extends PageOperation> = Operations[O]['result'] & ResourceName;

/** What a single operation gives: an entry, or null when there is none; or a value. */
export type ResultOf<O extends SingleOperation> = Operations[O] extends { returns: 'entry'; result: infer T extends ResourceName }
  ? Resource<T> | null
  : Operations[O]['result'];

/** OAuth token that a person granted to an application. */
export interface LaunchpadCredentials {
  readonly accessToken: Secret;
  readonly accessSecret: Secret;
}

export type Found<T extends ResourceName = ResourceName> =
  | {
      readonly outcome: 'found';
      readonly resource: Resource<T>;
      /** Link under which it is found now, when Launchpad redirected to it. */
      readonly renamedTo?: string;
    }
  | { readonly outcome: 'not_found' | 'gone' | 'private' };

/** Where a collection goes on after a page: JSON, small, good for any process that speaks to the same service root. */
export type PageCursor = string;

export interface CollectionPage<T extends ResourceName = ResourceName> {
  /** Fewer than asked for, or none, where Launchpad hides some: only `cursor` tells the end. */
  readonly entries: readonly Resource<T>[];
  /** Position of the first entry in the collection, before hidden ones are taken out. */
  readonly start: number;
  /** Size of the collection, hidden entries included, where Launchpad tells it. */
  readonly totalSize?: number;
  /** Undefined: this was the last page. */
  readonly cursor: PageCursor | undefined;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface PageOptions extends RequestOptions {
  /** Goes on after the page that had this cursor. */
  readonly cursor?: PageCursor;
  /** Entries per page, at most; it shrinks where the server cannot give as many. @default 300 */
  readonly pageSize?: number;
  /** Begins with pages as small as those had become that gave this cursor, for a listing that is asked for in pieces. */
  readonly sizedAs?: PageCursor;
}

/** One answered or failed attempt of a request, for logs and benchmarks. */
export interface RequestReport {
  readonly method: string;
  /** Without credentials: those are in a header. */
  readonly url: string;
  /** 0 when no answer came. */
  readonly status: number;
  readonly millis: number;
  /** Bytes of the body as they came over the network. */
  readonly bytes: number;
}

/** Typed reading of Launchpad. */
export interface Launchpad {
  /** Service root with version: `https://api.launchpad.net/devel/`. */
  readonly root: string;
  /**
   * Milliseconds by which this machine's clock is ahead of Launchpad's, by the last answer and to a second; undefined before
   * there was one.
   */
  readonly clockLeadMs: number | undefined;
  /** Link of a path below the root: `link('~alice')`, `link('bugs/1')`. */
  link(path: string): string;
  /**
   * Reads an entry.
   * @throws CodedError LAUNCHPAD_NOT_FOUND, LAUNCHPAD_GONE, LAUNCHPAD_FORBIDDEN, LAUNCHPAD_UNAUTHORIZED,
   * LAUNCHPAD_UNAVAILABLE, LAUNCHPAD_RATE_LIMITED, LAUNCHPAD_ANSWER_INVALID, LAUNCHPAD_FOREIGN_LINK; rejects with the
   * signal's reason once it is aborted. All methods do.
   */
  get<T extends ResourceName>(type: T, link: string, options?: RequestOptions): Promise<Resource<T>>;
  /** Reads an entry that may not be there. */
  find<T extends ResourceName>(type: T, link: string, options?: RequestOptions): Promise<Found<T>>;
  /** Pages of a collection that a link leads to: `bug.activity_collection_link`. */
  collection<T extends ResourceName>(type: T, link: string, options?: PageOptions): AsyncIterable<CollectionPage<T>>;
  /**
   * Pages of a named operation on the resource at `on`. Only parameters of the service description are sent.
   * @throws CodedError also LAUNCHPAD_PARAMETER_UNKNOWN, LAUNCHPAD_PARAMETER_INVALID
   */
  operation<O extends PageOperation>(
    operation: O,
    on: string,
    parameters: OperationParameters<O>,
    options?: PageOptions,
  ): AsyncIterable<CollectionPage<ReturnOf<O>>>;
  /** Result of a named operation that gives one entry (null: none) or a value: `branch_merge_proposal.getInlineComments`. */
  call<O extends SingleOperation>(
    operation: O,
    on: string,
    parameters: OperationParameters<O>,
    options?: RequestOptions,
  ): Promise<ResultOf<O>>;
}
