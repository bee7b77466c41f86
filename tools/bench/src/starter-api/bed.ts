import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { buildWorkflowBundle } from '@tributary/nx-plugin/bundle';
import { RUN_SEARCH_ATTRIBUTES } from '@tributary/workflow-contracts';
import { LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import { SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import { startApi, type ApiProcess } from './api-process.js';
import { unlimitedTemporal } from './unlimited-temporal.js';

const WORKSPACE = resolve(__dirname, '../../../..');

/** A real Temporal server with its store in memory, the API as a process of its own, and a bare client in this one. */
export class Bed {
  #code: string | undefined;

  private constructor(
    private readonly folder: string,
    private readonly temporal: TemporalServer,
    readonly client: ConnectedClient,
    readonly api: ApiProcess,
  ) {}

  /** `built`: the API as `nx build starter-api` has made it, not its sources. */
  static async start(clients: number, built: boolean): Promise<Bed> {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } } });
    const folder = await mkdtemp(join(tmpdir(), 'bench-starter-api-'));
    const temporal = await startTemporal({ searchAttributes: RUN_SEARCH_ATTRIBUTES, binary: await unlimitedTemporal(folder) });
    try {
      const client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
      return new Bed(folder, temporal, client, await startApi({ temporal, folder, clients, built }));
    } catch (error) {
      await temporal.stop();
      throw error;
    }
  }

  /** Does something while workers of all run types are there: they would only take processors from what is measured. */
  async withWorkers<T>(act: () => Promise<T>): Promise<T> {
    this.#code ??= (await buildWorkflowBundle({ workflowsPath: resolve(__dirname, 'workflows.ts'), workspaceRoot: WORKSPACE, interceptorModules: [] })).code;
    const connection = await NativeConnection.connect({ address: this.temporal.address });
    const { namespace } = this.temporal;
    const code = this.#code;
    const creating = [SQL_METADATA_QUEUE, LAUNCHPAD_QUEUE].map((taskQueue) =>
      Worker.create({ connection, namespace, taskQueue, workflowBundle: { code }, maxCachedWorkflows: 200 }),
    );
    const workers = await Promise.all(creating);
    const running = Promise.all(workers.map((worker) => worker.run()));
    try {
      return await act();
    } finally {
      for (const worker of workers) worker.shutdown();
      await running;
      await connection.close();
    }
  }

  async stop(): Promise<void> {
    await this.api.stop();
    await this.client.close();
    await this.temporal.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
