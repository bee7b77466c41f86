import { setTimeout as delay } from 'node:timers/promises';
import { isCodedError } from '@tributary/common';
import { bearer } from '../api-key.js';
import { DEV_API_REFUSED } from '../errors.js';
import { serverSentEvents } from './server-sent-events.js';

const CALL_TIMEOUT_MS = 15_000;
const RECONNECT_MS = 500;
const CONFLICT = 409;
const CANCEL_WAIT_MS = 30_000;
/** What the API gives at a time. */
const LEFT_MAX = 200;

/** A run as the API tells it; as much of it as we read. */
export interface ApiRun<R> {
  readonly workflowId: string;
  readonly runId: string;
  readonly status: string;
  readonly startTime: string;
  readonly closeTime?: string;
  readonly result?: R;
  readonly failure?: { readonly code?: string; readonly detail?: string; readonly title?: string; readonly fix?: string };
  readonly links: { readonly self: string; readonly progress: string; readonly artifacts: string; readonly temporalUi?: string };
}

/** What a run has published, as far as we read it. */
export interface ApiArtifacts {
  readonly manifest?: { readonly href: string };
  readonly artifacts: readonly { readonly href: string }[];
}

/** The starter API, as far as the command line needs it. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
    private readonly logFile: string,
  ) {}

  /** Starts a run by the last segment of its route. @throws DEV_API_REFUSED */
  async start<R>(route: string, input: object): Promise<ApiRun<R>> {
    return this.#call<ApiRun<R>>('POST', `/v1/runs/${route}`, input);
  }

  /**
   * Cancels the runs of a type that an earlier start has left, and waits for their end within a bound; `onFound` is told of them
   * before. Runs are looked for in the list: asking each for its progress takes long where many wait for the worker.
   */
  async cancelRunning(type: string, onFound: (count: number) => void): Promise<void> {
    const path = `/v1/runs?status=running&type=${type}&pageSize=${LEFT_MAX}`;
    const running = async (): Promise<ApiRun<unknown>[]> => (await this.#call<{ runs: ApiRun<unknown>[] }>('GET', path)).runs;
    const left = await running();
    if (left.length === 0) return;
    onFound(left.length);
    const deadline = Date.now() + CANCEL_WAIT_MS;
    for (const { workflowId } of left) {
      if (Date.now() > deadline) return;
      await this.#call('POST', `/v1/runs/${encodeURIComponent(workflowId)}/cancel`).catch(unlessEnded);
    }
    const ids = new Set(left.map(({ runId }) => runId));
    while (Date.now() < deadline && (await running()).some(({ runId }) => ids.has(runId))) await delay(RECONNECT_MS);
  }

  /** Follows a run to its end; `onProgress` gets each progress event. A broken stream is taken up again. */
  async follow<R, P>(run: ApiRun<R>, onProgress: (progress: P) => void): Promise<ApiRun<R>> {
    for (;;) {
      const ended = await this.#followOnce(run, onProgress).catch(() => undefined);
      if (ended) return ended;
      await delay(RECONNECT_MS);
      const now = await this.#call<ApiRun<R>>('GET', run.links.self);
      if (now.status !== 'running') return now;
    }
  }

  /** What a run has published. @throws DEV_API_REFUSED */
  artifacts(run: ApiRun<unknown>): Promise<ApiArtifacts> {
    return this.#call('GET', run.links.artifacts);
  }

  /** An artifact that is one JSON document. @throws DEV_API_REFUSED */
  read<T>(href: string): Promise<T> {
    return this.#call('GET', href);
  }

  /** An artifact of JSON lines. @throws DEV_API_REFUSED */
  async readLines<T>(href: string): Promise<T[]> {
    const text = await this.#text('GET', href);
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as T);
  }

  async #followOnce<R, P>(run: ApiRun<R>, onProgress: (progress: P) => void): Promise<ApiRun<R> | undefined> {
    const answer = await fetch(`${this.baseUrl}${run.links.progress}`, { headers: { accept: 'text/event-stream', ...bearer(this.key) } });
    if (!answer.ok || !answer.body) return undefined;
    for await (const { event, data } of serverSentEvents(answer.body)) {
      if (event === 'progress') onProgress(JSON.parse(data) as P);
      if (event === 'end') return JSON.parse(data) as ApiRun<R>;
    }
    return undefined;
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const text = await this.#text(method, path, body);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async #text(method: string, path: string, body?: unknown): Promise<string> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { ...bearer(this.key), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(`${this.baseUrl}${path}`, { method, headers, ...content, signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
    const text = await answer.text();
    if (answer.ok) return text;
    throw DEV_API_REFUSED({ status: answer.status, request: `${method} ${path}`, detail: problemText(text), logFile: this.logFile });
  }
}

/** A run may end by itself just before it is cancelled. */
function unlessEnded(error: unknown): void {
  if (!isCodedError(error) || error.parameters['status'] !== CONFLICT) throw error;
}

function problemText(text: string): string {
  try {
    const { code, detail, title, fix } = JSON.parse(text) as NonNullable<ApiRun<unknown>['failure']>;
    return [code, detail ?? title, fix].filter(Boolean).join('. ');
  } catch {
    return text.slice(0, 500);
  }
}
