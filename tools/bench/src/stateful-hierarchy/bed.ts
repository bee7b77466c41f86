import { resolve } from 'node:path';
import { Context } from '@temporalio/activity';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker, type InjectedSinks } from '@temporalio/worker';
import { MemorySecretStore } from '@tributary/clients/memory';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { buildWorkflowBundle } from '@tributary/nx-plugin/bundle';
import { createStatefulActivities } from '@tributary/stateful-workflow/activities';
import type { SightSinks } from './observing-interceptors.js';
import { Sightings } from './sightings.js';

const WORKSPACE = resolve(__dirname, '../../../..');
export const QUEUE = 'bench';

/** A real Temporal server with its store in memory, and a worker and a client in this process. */
export class Bed {
  readonly sightings = new Sightings();
  /** By workflow id, the token of its latest load. */
  readonly loads = new Map<string, string>();
  /** What is in the secret store `local`. */
  readonly secrets = { api: { token: 'token 1', version: '1' } };

  private constructor(
    private readonly temporal: TemporalServer,
    readonly client: ConnectedClient,
    private readonly worker: { stop(): Promise<void> },
  ) {}

  /** `workflows`: that many are kept in memory, so that none is replayed. */
  static async start(workflows: number): Promise<Bed> {
    // Trees are terminated when they have been measured, amid their last tasks.
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR' }) } } });
    const temporal = await startTemporal();
    try {
      const client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
      const parts: { bed?: Bed } = {};
      const worker = await startWorker(temporal, workflows, () => parts.bed as Bed);
      return (parts.bed = new Bed(temporal, client, worker));
    } catch (error) {
      await temporal.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.worker.stop();
    await this.client.close();
    await this.temporal.stop();
  }
}

async function startWorker(temporal: TemporalServer, workflows: number, bed: () => Bed): Promise<{ stop(): Promise<void> }> {
  const { code } = await buildWorkflowBundle({
    workflowsPath: resolve(__dirname, 'workflows.ts'),
    workspaceRoot: WORKSPACE,
    interceptorModules: [resolve(__dirname, 'observing-interceptors.ts'), '@tributary/stateful-workflow/workflow-interceptors'],
  });
  const sinks: InjectedSinks<SightSinks> = {
    bench: { seen: { fn: ({ workflowId }, what) => bed().sightings.see(what, workflowId), callDuringReplay: false } },
  };
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: QUEUE,
    workflowBundle: { code },
    activities: activities(bed),
    sinks,
    maxCachedWorkflows: workflows,
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

function activities(bed: () => Bed): object {
  const stateful = createStatefulActivities({
    secretStore: { resolve: (ref, options) => new MemorySecretStore({ local: bed().secrets }).resolve(ref, options) },
    // Nothing is encrypted here, on neither side: what is compared is the way of the token.
    facts: { encrypted: true },
    loaders: {
      loadMember: async ({ workflow, root }, access) => {
        bed().loads.set(workflow, (await access.secret())?.reveal() ?? '');
        return { status: 'loaded', changes: [{ op: 'update', type: root.type, id: root.id, set: { value: 1 } }] };
      },
    },
  });
  return {
    ...stateful,
    statefulFacts: async () => {
      const { workflowExecution } = Context.current().info;
      bed().sightings.see('state', workflowExecution?.workflowId ?? '');
      return stateful.statefulFacts();
    },
  };
}
