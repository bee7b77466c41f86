import { Context } from '@temporalio/activity';
import type { SecretStore } from '@tributary/clients';
import { isCodedError, PAYLOAD_TOO_LARGE, PAYLOAD_LIMIT_BYTES, payloadBytes, SecretScrubber, UNEXPECTED_ERROR, type Secret } from '@tributary/common';
import type { LoadError } from '../messages.js';
import type { CallRequest, LoadOutcome, LoadRequest, SentOutcome } from '../workflow/contract.js';
import type { Json } from '../json.js';
import { pack } from '../packing/pack.js';
import { recordLoad } from './load-metrics.js';
import { guardedFetch, type GuardedRequest, type GuardedResponse } from './guarded-fetch.js';
import { resolveCredential } from './resolve-credential.js';

const TIMEOUT_MS = 30_000;
const MAX_BYTES = 20_000_000;

/** What a function that loads, or that an action calls, may use. */
export interface Access {
  /** Aborts when the entity does not want the result any more, or the worker ends. */
  readonly signal: AbortSignal;
  /** The credential, read from the store for this call; undefined when the entity has none. */
  secret(): Promise<Secret | undefined>;
  /** Calls a host that the worker may call, with the credential. */
  fetch(url: URL | string, options?: Partial<Omit<GuardedRequest, 'url' | 'signal' | 'credential'>>): Promise<GuardedResponse>;
  /** Says that it goes on; at least every half minute, or the call counts as stuck. */
  heartbeat(details?: unknown): void;
}

/** Loads the data of an entity. What it throws is a failed load: the entity keeps its state and tries again later. */
export type LoadFunction = (request: LoadRequest, access: Access) => Promise<LoadOutcome>;

/** Does what an action needs from outside. What it throws refuses the action. */
export type CallFunction = (request: CallRequest, access: Access) => Promise<Json | void>;

export interface AccessOptions {
  readonly secretStore: SecretStore;
  /** Hosts that loads and calls may reach: `api.example.com`, `api.example.com:8443`, `*.example.com`. @default none */
  readonly allowedHosts?: readonly string[];
}

/** An activity out of a function that loads. */
export function loadActivity(load: LoadFunction, options: AccessOptions): (request: LoadRequest) => Promise<SentOutcome> {
  return async (request) => {
    const scrubber = new SecretScrubber();
    const context = Context.current();
    try {
      const outcome = await load(request, accessOf(request, options, scrubber, context));
      const sent = toSent(outcome, request);
      recordLoad(request, outcome.status);
      return sent;
    } catch (error) {
      const aborted = context.cancellationSignal.aborted;
      recordLoad(request, aborted ? 'aborted' : 'failed');
      if (aborted) throw error;
      return { status: 'failed', error: toLoadError(error, scrubber) };
    }
  };
}

/** @throws CodedError PAYLOAD_TOO_LARGE */
function toSent(outcome: LoadOutcome, { loader, workflow }: LoadRequest): SentOutcome {
  if (payloadBytes(outcome) <= PAYLOAD_LIMIT_BYTES) return outcome;
  const packed: SentOutcome = { status: 'packed', outcome: pack(outcome) };
  const bytes = payloadBytes(packed);
  if (bytes <= PAYLOAD_LIMIT_BYTES) return packed;
  throw PAYLOAD_TOO_LARGE({ bytes, field: `packed result of loader ${loader}`, workflow, largest: 'its changes', limit: PAYLOAD_LIMIT_BYTES });
}

/** An activity out of a function that an action calls. */
export function callActivity(call: CallFunction, options: AccessOptions): (request: CallRequest) => Promise<Json> {
  return async (request) => {
    const scrubber = new SecretScrubber();
    try {
      return (await call(request, accessOf(request, options, scrubber, Context.current()))) ?? null;
    } catch (error) {
      if (error instanceof Error) error.message = scrubber.scrub(error.message);
      throw error;
    }
  };
}

function accessOf({ credential }: LoadRequest | CallRequest, { secretStore, allowedHosts = [] }: AccessOptions, scrubber: SecretScrubber, context: Context): Access {
  const signal = context.cancellationSignal;
  let known: Promise<Secret | undefined> | undefined;
  const secret = (): Promise<Secret | undefined> =>
    (known ??= resolveCredential(secretStore, credential, { signal }).then((found) => {
      if (found) scrubber.add(found);
      return found;
    }));
  return {
    signal,
    secret,
    fetch: async (url, options) =>
      guardedFetch({ timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, ...options, url: new URL(url), credential: await secret(), signal }, allowedHosts),
    heartbeat: (details) => context.heartbeat(details),
  };
}

function toLoadError(error: unknown, scrubber: SecretScrubber): LoadError {
  const known = isCodedError(error) ? error : UNEXPECTED_ERROR({ message: error instanceof Error ? error.message : String(error) });
  const retryAfterMs = known.parameters['retryAfterMs'];
  const status = known.parameters['status'];
  return {
    code: known.code,
    message: scrubber.scrub(known.message),
    ...((status === 401 || status === 403) && { auth: true }),
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
  };
}
