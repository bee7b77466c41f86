import { Code, ConnectError, type CallOptions as ConnectCallOptions, createClient, type Client } from '@connectrpc/connect';
import { Http2SessionManager, createGrpcTransport } from '@connectrpc/connect-node';
import { Dapr } from '@dapr/dapr/proto/dapr/proto/runtime/v1/dapr_pb.js';
import type { Secret } from '@tributary/common';
import type { CallOptions } from '../ports.js';
import { SIDECAR_DEADLINE_EXCEEDED, SIDECAR_TOKEN_REJECTED, SIDECAR_UNREACHABLE } from './errors.js';
import { recordSidecarCall, sidecarOutcomeOf, type SidecarOutcome } from './sidecar-metrics.js';

export interface SidecarChannelOptions {
  /** `http://127.0.0.1:50001`. */
  readonly baseUrl: string;
  readonly apiToken?: Secret;
  readonly deadlineMs: number;
  /** Largest message in either direction; the sidecar's own limit (`--max-body-size`) must not be smaller. */
  readonly maxMessageBytes: number;
}

/** One call of the generated client, with the options that carry its abort. */
export type SidecarCall<T> = (client: Client<typeof Dapr>, options: ConnectCallOptions) => Promise<T>;

/**
 * One HTTP/2 connection to the sidecar. Every call has a deadline and can be aborted; a lost connection is made anew by
 * the next call. It speaks through the generated service of @dapr/dapr, because the SDK's own client has neither
 * deadlines nor ETags and waits 30 s for a sidecar that is not there.
 */
export class SidecarChannel {
  readonly #session: Http2SessionManager;
  readonly #client: Client<typeof Dapr>;

  constructor(readonly options: SidecarChannelOptions) {
    const { baseUrl, apiToken, maxMessageBytes } = options;
    this.#session = new Http2SessionManager(baseUrl);
    const transport = createGrpcTransport({
      baseUrl,
      sessionManager: this.#session,
      readMaxBytes: maxMessageBytes,
      writeMaxBytes: maxMessageBytes,
      interceptors: [
        (next) => (request) => {
          if (apiToken) request.header.set('dapr-api-token', apiToken.reveal());
          return next(request);
        },
      ],
    });
    this.#client = createClient(Dapr, transport);
  }

  /**
   * Makes one call. What any call can meet (no sidecar, deadline, token) becomes a coded error here; the caller's abort
   * rejects with the signal's reason; all else is thrown as the ConnectError it is, for the caller to name.
   */
  async call<T>(name: string, run: SidecarCall<T>, { signal }: CallOptions = {}): Promise<T> {
    signal?.throwIfAborted();
    const deadline = AbortSignal.timeout(this.options.deadlineMs);
    const either = signal ? AbortSignal.any([signal, deadline]) : deadline;
    const startedAt = performance.now();
    let outcome: SidecarOutcome = 'aborted';
    try {
      const answer = await Promise.race([run(this.#client, { signal: either }), rejectOnAbort(either)]);
      outcome = 'ok';
      return answer;
    } catch (error) {
      signal?.throwIfAborted();
      const named = this.#named(name, error, deadline.aborted);
      outcome = sidecarOutcomeOf(named);
      throw named;
    } finally {
      recordSidecarCall(name, startedAt, outcome);
    }
  }

  /** Ends the connection; calls under way fail. */
  close(): void {
    this.#session.abort();
  }

  #named(name: string, error: unknown, expired: boolean): unknown {
    const { baseUrl: address, deadlineMs } = this.options;
    const failure = ConnectError.from(error);
    if (expired || failure.code === Code.DeadlineExceeded) {
      return SIDECAR_DEADLINE_EXCEEDED({ address, deadlineMs, call: name }, { cause: error });
    }
    if (failure.code === Code.Unauthenticated) return SIDECAR_TOKEN_REJECTED({ address }, { cause: error });
    if (failure.code === Code.Unavailable || failure.code === Code.Canceled || isConnectionLoss(failure)) {
      return SIDECAR_UNREACHABLE({ address, reason: reasonOf(failure) }, { cause: error });
    }
    return failure;
  }
}

/** The one-line text of a sidecar's error, short enough for a message. */
export function reasonOf(error: ConnectError): string {
  const text = error.rawMessage.replace(/\s+/g, ' ').trim();
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function isConnectionLoss(error: ConnectError): boolean {
  const cause = error.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' && /^(ECONN|EPIPE|ENOTFOUND|EHOST|ENET|ERR_HTTP2)/.test(cause.code);
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
