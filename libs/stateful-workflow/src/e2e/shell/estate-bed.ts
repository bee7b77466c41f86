import { randomUUID } from 'node:crypto';
import type { DataConverter } from '@temporalio/common';
import { MemoryEventBus, MemorySecretStore } from '@tributary/clients/memory';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { waitFor } from '@tributary/testing/stack';
import { entityClient } from '../../client/index.js';
import { SEARCH_ATTRIBUTES } from '../../workflow/index.js';
import { estateActivities } from './estate-activities.js';
import { EstateApi } from './estate-api.js';
import { startEstateWorker } from './estate-worker.js';
import { datasetWorkflow, organizationWorkflow, sourceWorkflow, teamWorkflow, watcherWorkflow } from './estate.js';

/** Trees of entities on a real Temporal server, with a worker in this process and an API that they load from. */
export class EstateBed {
  readonly secrets = { local: { api: { token: 'first', version: '1' } as Record<string, string> } };
  readonly events = new MemoryEventBus();
  /** What the activity `probe` does. */
  probe: (name: string) => Promise<string> = async (name) => `probed ${name}`;
  private worker: { stop(): Promise<void> } | undefined;
  readonly queue = randomUUID();

  private constructor(
    readonly temporal: TemporalServer,
    readonly client: ConnectedClient,
    readonly api: EstateApi,
    private readonly dataConverter: DataConverter | undefined,
  ) {}

  /** `dataConverter`: encrypts payloads. `dbFile`: keeps what Temporal knows, for a test to search. */
  static async start({ dataConverter, dbFile }: { readonly dataConverter?: DataConverter; readonly dbFile?: string } = {}): Promise<EstateBed> {
    const temporal = await startTemporal({ searchAttributes: SEARCH_ATTRIBUTES, ...(dbFile !== undefined && { dbFile }) });
    const client = await connectClient({ address: temporal.address, namespace: temporal.namespace }, dataConverter ? { dataConverter } : {});
    const bed = new EstateBed(temporal, client, await EstateApi.start(), dataConverter);
    await bed.startWorker();
    return bed;
  }

  async stop(): Promise<void> {
    await this.worker?.stop();
    await this.client.close();
    await this.api.stop();
    await this.temporal.stop();
  }

  async startWorker(): Promise<void> {
    const activities = estateActivities({
      secretStore: new MemorySecretStore(this.secrets),
      allowedHosts: [this.api.host],
      facts: { searchAttributes: true, encrypted: this.dataConverter !== undefined },
      events: { bus: this.events, topic: 'entities' },
      calls: { probe: async ({ input }) => this.probe((input as { name: string }).name) },
    });
    this.worker = await startEstateWorker(this.temporal, this.queue, activities, this.dataConverter);
  }

  async stopWorker(): Promise<void> {
    await this.worker?.stop();
    this.worker = undefined;
  }

  /** Clients of a tree of its own. */
  tree(prefix = `${randomUUID()}/`) {
    const options = { taskQueue: this.queue, prefix, encrypted: this.dataConverter !== undefined };
    return {
      prefix,
      organization: (id: string) => entityClient(this.client, organizationWorkflow, options).ref(id),
      source: (id: string) => entityClient(this.client, sourceWorkflow, options).ref(id),
      dataset: (id: string) => entityClient(this.client, datasetWorkflow, options).ref(id),
      team: (id: string) => entityClient(this.client, teamWorkflow, options).ref(id),
      watcher: (id: string) => entityClient(this.client, watcherWorkflow, options).ref(id),
    };
  }

  /** Puts the API and the secret store back to the beginning. */
  reset(): void {
    this.api.tokens = new Set(['first']);
    this.api.datasets = {};
    this.api.health = {};
    this.api.delayMs = 0;
    this.api.broken = undefined;
    this.api.log.length = 0;
    this.secrets.local.api = { token: 'first', version: '1' };
  }
}

/** Waits until a question, which may fail meanwhile, has the answer that is looked for. */
export async function until<T>(what: string, ask: () => Promise<T>, is: (answer: T) => boolean, timeoutMs = 30_000): Promise<T> {
  let answer: T | undefined;
  let failure: string | undefined;
  await waitFor(what, async () => {
    try {
      answer = await ask();
      failure = undefined;
    } catch (error) {
      failure = error instanceof Error ? error.message : 'a failure that is no error';
      return false;
    }
    return is(answer);
  }, timeoutMs).catch((error: unknown) => {
    throw new Error(`${String(error)}; last answer: ${failure === undefined ? JSON.stringify(answer).slice(0, 2000) : failure}`);
  });
  return answer as T;
}
