import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { DaprSidecarClient } from '@tributary/clients/dapr';
import { openObjectStore } from '@tributary/clients/object-store';
import { type DaprSidecar, type PostgresServer, startDaprd, startPostgres } from '@tributary/dev/servers';
import { CONFORMANCE_SECRETS, CONFORMANCE_TOPICS, describeEventBus, describeObjectStore, describeSecretStore, describeStateStore } from './index.js';
import { type SubscriberApp, startSubscriberApp } from './subscriber-app.js';

const START_MS = 120_000;
let folder: string;
let postgres: PostgresServer;
let app: SubscriberApp;
let daprd: DaprSidecar;
let client: DaprSidecarClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-conformance-'));
  await mkdir(join(folder, 'objects'));
  await writeFile(join(folder, 'secrets.json'), JSON.stringify(CONFORMANCE_SECRETS));
  [postgres, app] = await Promise.all([startPostgres(), startSubscriberApp('events', CONFORMANCE_TOPICS)]);
  daprd = await startDaprd({
    appId: 'conformance',
    appPort: app.port,
    components: [
      component('local', 'secretstores.local.file', 'v1', { secretsFile: join(folder, 'secrets.json'), multiValued: 'true' }),
      component('memory', 'state.in-memory', 'v1', {}),
      component('postgres', 'state.postgresql', 'v2', { connectionString: postgres.url }),
      component('events', 'pubsub.in-memory', 'v1', {}),
      component('objects', 'bindings.localstorage', 'v1', { rootPath: join(folder, 'objects') }),
    ],
  });
  client = new DaprSidecarClient({ grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
  await client.waitUntilReady(10_000);
}, START_MS);

afterAll(async () => {
  client?.close();
  await daprd?.stop();
  await Promise.all([app?.close(), postgres?.stop()]);
  await rm(folder, { recursive: true, force: true });
}, START_MS);

describeSecretStore('secretstores.local.file', () => Promise.resolve({ subject: client.secrets }));
describeStateStore('state.in-memory', () => Promise.resolve({ subject: client.stateStore('memory') }));
describeStateStore('state.postgresql v2', () => Promise.resolve({ subject: client.stateStore('postgres') }));
describeEventBus('pubsub.in-memory', () =>
  Promise.resolve({ subject: { bus: client.eventBus('events'), received: (topic: string) => app.received(topic) } }),
);
// bindings.localstorage writes a file in place. daprd takes messages of 4 MiB, of which base64 uses a quarter.
describeObjectStore('bindings.localstorage', () => Promise.resolve({ subject: openObjectStore('dapr://objects', { dapr: client }) }), {
  largeBytes: 3_000_000,
  atomicReplace: false,
});

function component(name: string, type: string, version: string, metadata: Record<string, string>): object {
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type, version, metadata: Object.entries(metadata).map(([key, value]) => ({ name: key, value })) },
  };
}
