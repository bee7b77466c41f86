import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { WorkflowHandle } from '@temporalio/client';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { findTemporal } from '@tributary/dev/binaries';
import { startDaprd, type DaprSidecar } from '@tributary/dev/servers';
import { datasetWorkflow, HIERARCHY_QUEUE, HIERARCHY_TOPIC, organizationWorkflow, sourceWorkflow, type Health } from '@tributary/stateful-hierarchy';
import type { EntityWorkflow } from '@tributary/stateful-workflow';
import { entityClient, type EntityRef } from '@tributary/stateful-workflow/client';
import { startCatalogApi, type CatalogApi, type CatalogRequest, type CatalogSizes } from '@tributary/testing/catalog-api';
import { startBuiltApp, startTestStack, waitFor, type LaunchedApp, type TestStack } from '@tributary/testing/stack';
import { startSubscriber, type DeliveredEvent } from './subscriber.js';

const APP = 'stateful-hierarchy-worker';
export const TOKEN = 'secret://local/catalog#token';

/** An entity as a client of its definition sees it. */
type RefOf<W> = W extends EntityWorkflow<infer E, infer N, infer A, infer V> ? EntityRef<E, N, A, V> : never;

export interface BedOptions {
  readonly world?: CatalogSizes;
  /** Milliseconds that each request to the catalog takes besides its own time. @default 0 */
  readonly latencyMs?: number;
  /** Hosts that the worker may call beside the catalog. */
  readonly hosts?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** More of it, where the stack has to be known. */
  readonly environmentOn?: (stack: TestStack) => Promise<Readonly<Record<string, string>>>;
}

/** The built worker with everything around it: Temporal, a sidecar with a subscriber behind it, and a data catalog. */
export class HierarchyBed {
  private constructor(
    readonly stack: TestStack,
    readonly api: CatalogApi,
    readonly client: ConnectedClient,
    private readonly subscriber: { readonly events: DeliveredEvent[]; readonly port: number; stop(): void },
    private readonly parts: { daprd: DaprSidecar; worker: LaunchedApp },
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start({ world = {}, latencyMs = 0, hosts = [], environment: more = {}, environmentOn }: BedOptions = {}): Promise<HierarchyBed> {
    const api = await startCatalogApi({ world, latencyMs });
    const stack = await startTestStack({ appId: APP, secrets: { catalog: { token: api.generations.token, version: '1' } } });
    const subscriber = await startSubscriber('events', HIERARCHY_TOPIC);
    const daprd = await startSidecar(stack, subscriber.port);
    const environment = {
      ...stack.environment,
      DAPR_GRPC_PORT: String(daprd.grpcPort),
      DAPR_HTTP_PORT: String(daprd.httpPort),
      TRIBUTARY_ALLOWED_HOSTS: [new URL(api.url).host, ...hosts].join(','),
      ...more,
      ...(await environmentOn?.(stack)),
    };
    const client = await connectClient(temporalSettings(stack.environment));
    return new HierarchyBed(stack, api, client, subscriber, { daprd, worker: await startWorker(stack, environment) }, environment);
  }

  get worker(): LaunchedApp {
    return this.parts.worker;
  }

  get daprd(): DaprSidecar {
    return this.parts.daprd;
  }

  /** Events that the subscriber got, in order. */
  get events(): readonly DeliveredEvent[] {
    return this.subscriber.events;
  }

  organization(id = 'acme'): RefOf<typeof organizationWorkflow> {
    return entityClient(this.client, organizationWorkflow, { taskQueue: HIERARCHY_QUEUE }).ref(id);
  }

  source(id: string): RefOf<typeof sourceWorkflow> {
    return entityClient(this.client, sourceWorkflow, { taskQueue: HIERARCHY_QUEUE }).ref(id);
  }

  dataset(id: string): RefOf<typeof datasetWorkflow> {
    return entityClient(this.client, datasetWorkflow, { taskQueue: HIERARCHY_QUEUE }).ref(id);
  }

  /** Starts an organization with the sources of the catalog, and waits until the health of all datasets is known. */
  async grow(): Promise<void> {
    await this.plant();
    await this.counts('all datasets to be ok', { ok: this.api.catalog.datasets.size });
  }

  /** Starts an organization with the sources of the catalog, and does not wait for what grows from them. */
  async plant(): Promise<void> {
    const organization = this.organization();
    await organization.start({ entity: { id: 'acme', name: 'Acme' }, apiToken: TOKEN, apiUrl: this.api.url });
    for (const { id, name } of this.api.catalog.sources.values()) await organization.actions.addSource({ id, name, kind: 'catalog' });
  }

  /** Waits until the organization counts its datasets so. */
  async counts(what: string, wanted: Partial<Record<Health, number>>, timeoutMs = 60_000): Promise<void> {
    await waitFor(
      what,
      async () => {
        const { sources } = await this.organization().views.summary();
        const sum: Record<string, number> = {};
        for (const { datasets } of sources) for (const [health, count] of Object.entries(datasets)) sum[health] = (sum[health] ?? 0) + (count ?? 0);
        return JSON.stringify(Object.entries(sum).sort()) === JSON.stringify(Object.entries(wanted).sort());
      },
      timeoutMs,
      100,
    );
  }

  /** Rotates the token of the API, and puts the new one into the secret store, whose sidecar starts anew to see it. */
  async rotate(): Promise<{ generation: number; token: string }> {
    const next = this.api.generations.rotate();
    await this.store({ token: next.token, version: String(next.generation) });
    return next;
  }

  /** Writes the credential of the catalog into the secret store. */
  async store(catalog: Readonly<Record<string, string>>): Promise<void> {
    const file = join(this.stack.folder, 'secrets.json');
    const secrets = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(`${file}.new`, JSON.stringify({ ...secrets, catalog }));
    await rename(`${file}.new`, file);
    await this.restartSidecar();
  }

  /** Kills the sidecar, if it still runs, and starts it again on the same ports. */
  async restartSidecar(): Promise<void> {
    const { grpcPort, httpPort } = this.daprd;
    await this.daprd.kill();
    this.parts.daprd = await startSidecar(this.stack, this.subscriber.port, { grpcPort, httpPort });
  }

  /** Temporal's own command line. */
  async temporal(...args: readonly string[]): Promise<string> {
    const { path } = await findTemporal();
    const { stdout } = await promisify(execFile)(path, [...args, '--address', this.stack.temporal.address]);
    return stdout;
  }

  /** All workflows of the tree that run. */
  async running(): Promise<string[]> {
    const found: string[] = [];
    for await (const { workflowId } of this.client.workflow.list({ query: 'ExecutionStatus = "Running"' })) found.push(workflowId);
    return found.sort();
  }

  handle(workflowId: string): WorkflowHandle {
    return this.client.workflow.getHandle(workflowId);
  }

  /** Requests that the API has answered since that one. */
  since(number: number): CatalogRequest[] {
    return this.api.requests.after(number);
  }

  /** Kills the worker as the kernel would, if it still runs, and starts it again. */
  async killWorker(): Promise<void> {
    await this.worker.kill();
    this.parts.worker = await startWorker(this.stack, this.environment);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.worker.stop();
    await this.daprd.stop();
    this.subscriber.stop();
    await this.stack.stop();
    await this.api.stop();
  }
}

function startWorker(stack: TestStack, environment: Readonly<Record<string, string>>): Promise<LaunchedApp> {
  return startBuiltApp(APP, { environment, portVariable: 'TRIBUTARY_HEALTH_PORT', logFile: join(stack.folder, 'worker.log') });
}

/** A sidecar that delivers events to the subscriber. */
function startSidecar(stack: TestStack, appPort: number, ports: { grpcPort?: number; httpPort?: number } = {}): Promise<DaprSidecar> {
  const component = (name: string, type: string, metadata: Record<string, string>) => ({
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type, version: 'v1', metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
  });
  return startDaprd({
    appId: APP,
    appPort,
    components: [
      component('local', 'secretstores.local.file', { secretsFile: join(stack.folder, 'secrets.json'), multiValued: 'true' }),
      component('events', 'pubsub.in-memory', {}),
    ],
    ...ports,
    logFile: join(stack.folder, 'daprd.log'),
  });
}
