import { DaprSidecarClient } from '@tributary/clients/dapr';
import { startDaprd, startPostgres, type DaprSidecar, type PostgresServer } from '@tributary/dev/servers';
import type { StateStore } from '@tributary/clients';

/** A state store as it is deployed: a sidecar with its PostgreSQL component. */
export interface StateFixture {
  readonly postgres: PostgresServer;
  readonly state: StateStore;
  /** Another client of the same store, as another process of the API has. */
  another(): StateStore;
  killDaprd(): Promise<void>;
  restartDaprd(): Promise<void>;
  stop(): Promise<void>;
}

export async function startState(): Promise<StateFixture> {
  const postgres = await startPostgres();
  const metadata = [
    { name: 'connectionString', value: postgres.url },
    { name: 'tablePrefix', value: 'dapr_' },
  ];
  const component = { apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name: 'state' }, spec: { type: 'state.postgresql', version: 'v2', metadata } };
  const appId = 'starter-api';
  let daprd: DaprSidecar = await startDaprd({ appId, components: [component] });
  const clients: DaprSidecarClient[] = [];
  const another = (): StateStore => {
    const client = new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
    clients.push(client);
    return client.stateStore('state');
  };
  return {
    postgres,
    state: another(),
    another,
    killDaprd: () => daprd.kill(),
    restartDaprd: async () => {
      daprd = await startDaprd({ appId, components: [component], grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
    },
    stop: async () => {
      for (const client of clients) client.close();
      await daprd.stop();
      await postgres.stop();
    },
  };
}
