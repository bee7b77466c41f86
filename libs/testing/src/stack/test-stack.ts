import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startDaprd,
  startPostgres,
  startTemporal,
  type DaprSidecar,
  type PostgresServer,
  type TemporalServer,
} from '@tributary/dev/servers';
import { localSecretStore, memoryPubSub, objectStoreUrl, postgresStateStore } from './dapr-components.js';

export interface TestStackOptions {
  /** Dapr app id of the app under test. */
  readonly appId: string;
  /** Secrets of the store `local`, by name and key, beside `postgres#password`. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Used in place of a PostgreSQL of its own, and stopped by whoever started it. */
  readonly postgres?: PostgresServer;
  /** Dynamic configuration of the Temporal server, by key; the values are JSON. */
  readonly dynamicConfig?: Readonly<Record<string, string>>;
}

/** What an app needs around it: real servers, and the environment that leads to them. */
export interface TestStack {
  readonly postgres: PostgresServer;
  readonly temporal: TemporalServer;
  readonly daprd: DaprSidecar;
  /** Folder with everything that the stack keeps. */
  readonly folder: string;
  /** Folder of the object store. */
  readonly objects: string;
  /** Environment of an app beside this sidecar. */
  readonly environment: Readonly<Record<string, string>>;
  /** Kills the Temporal server and starts it again on the same file and port. */
  restartTemporal(): Promise<void>;
  /** Kills the sidecar. */
  killDaprd(): Promise<void>;
  /** Kills the sidecar, if it still runs, and starts it again on the same ports. */
  restartDaprd(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Temporal on a file, and a sidecar with the components `local`, `state` and `events`. */
export async function startTestStack({ appId, secrets = {}, postgres: given, dynamicConfig = {} }: TestStackOptions): Promise<TestStack> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-stack-'));
  const objects = join(folder, 'objects');
  const secretsFile = join(folder, 'secrets.json');
  await mkdir(objects);
  const started: { stop(): Promise<unknown> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.allSettled(started.map((server) => server.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const dbFile = join(folder, 'temporal.sqlite');
    const postgres = given ?? (await startPostgres());
    if (!given) started.push(postgres);
    await writeFile(secretsFile, JSON.stringify({ postgres: { password: postgres.password }, ...secrets }), { mode: 0o600 });
    let temporal = await startTemporal({ dbFile, dynamicConfig });
    started.push({ stop: () => temporal.stop() });
    const components = [localSecretStore(secretsFile), postgresStateStore(postgres.url), memoryPubSub()];
    let daprd = await startDaprd({ appId, components });
    started.push({ stop: () => daprd.stop() });
    return {
      postgres,
      folder,
      objects,
      get temporal() {
        return temporal;
      },
      get daprd() {
        return daprd;
      },
      environment: {
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        DAPR_GRPC_PORT: String(daprd.grpcPort),
        DAPR_HTTP_PORT: String(daprd.httpPort),
        TRIBUTARY_OBJECT_STORE_URL: objectStoreUrl(objects),
      },
      restartTemporal: async () => {
        await temporal.kill();
        temporal = await startTemporal({ dbFile, dynamicConfig, port: Number(temporal.address.split(':')[1]) });
      },
      killDaprd: () => daprd.kill(),
      restartDaprd: async () => {
        await daprd.kill();
        daprd = await startDaprd({ appId, components, grpcPort: daprd.grpcPort, httpPort: daprd.httpPort });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
