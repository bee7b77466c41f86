import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@tributary/dev/servers';
import { APPS_NAMESPACE } from './kubectl.js';

/** Admitted by the secret of deploy/kubernetes/trial. */
const KEY = 'trib_development-on-this-machine-only-0000000000';
const PATIENCE_MS = 120_000;

export interface Run {
  readonly workflowId: string;
  readonly status: string;
  readonly failure?: { readonly code: string; readonly message: string };
  readonly result?: { readonly entities?: Readonly<Record<string, number>>; readonly quarantined?: number; readonly events?: { readonly inserted: number } };
}

/** The API in the cluster, over a forwarded port that is made anew when its Pod goes. */
export class ClusterApi {
  private forward: ChildProcess | undefined;
  /** Times that a call had to be made again, as the Pod at the end of the port had gone. */
  retries = 0;

  private constructor(private readonly port: number) {}

  static async open(): Promise<ClusterApi> {
    const [port = 0] = await freePorts(1);
    return new ClusterApi(port);
  }

  close(): void {
    this.forward?.kill();
  }

  /**
   * Calls until there is an answer of the API.
   * @throws Error when there is none for two minutes, or when the API refuses
   */
  async call<T>(path: string, body?: object): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      this.connect();
      try {
        const response = await fetch(`http://127.0.0.1:${String(this.port)}${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(30_000),
        });
        if (response.ok) return (await response.json()) as T;
        throw new RefusedError(`${String(response.status)} ${path}: ${await response.text()}`);
      } catch (error) {
        if (error instanceof RefusedError || Date.now() > until) throw error;
        this.retries += 1;
        await delay(500);
      }
    }
  }

  start(kind: string, input: object): Promise<Run> {
    return this.call<Run>(`/v1/runs/${kind}`, input);
  }

  /** Waits for the end of a run. @throws Error when it has not ended by then, or did not complete */
  async completed({ workflowId }: Run, seconds = 600): Promise<Run> {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const run = await this.call<Run>(`/v1/runs/${encodeURIComponent(workflowId)}`);
      if (run.status === 'completed') return run;
      if (run.status !== 'running') throw new Error(`${workflowId} is ${run.status}: ${JSON.stringify(run.failure)}`);
      if (Date.now() > until) throw new Error(`${workflowId} still runs after ${String(seconds)} s`);
      await delay(500);
    }
  }

  private connect(): void {
    if (this.forward?.exitCode === null && this.forward.signalCode === null) return;
    this.forward = spawn('kubectl', ['-n', APPS_NAMESPACE, 'port-forward', 'service/starter-api', `${String(this.port)}:80`], { stdio: 'ignore' });
  }
}

class RefusedError extends Error {}
