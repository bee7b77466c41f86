import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { apiKeyEntry, bearer, newApiKey } from '@tributary/dev/api-key';
import { ManagedProcess, runEnvironment } from '@tributary/dev/process';
import { freePorts, type TemporalServer } from '@tributary/dev/servers';
import { HttpClient } from './http-client.js';

const WORKSPACE = resolve(__dirname, '../../../..');
const APP = join(WORKSPACE, 'apps', 'starter-api');
const READY_TIMEOUT_MS = 60_000;

/** The API as a process of its own. */
export interface ApiProcess {
  readonly pid: number;
  /** With a key of role admin. */
  readonly http: HttpClient;
  stop(): Promise<void>;
}

export interface ApiProcessOptions {
  readonly temporal: TemporalServer;
  /** For its objects and its log. */
  readonly folder: string;
  /** Requests that are sent at a time. */
  readonly clients: number;
  /** Run what `nx build starter-api` has written, as it is deployed; the sources otherwise. */
  readonly built: boolean;
}

/** Starts the API with limits that no benchmark reaches. */
export async function startApi({ temporal, folder, clients, built }: ApiProcessOptions): Promise<ApiProcess> {
  const key = newApiKey();
  const [port = 0] = await freePorts(1);
  const fromSource = ['--conditions=@tributary/source', '--import', 'tsx', join(APP, 'src', 'main.ts')];
  const child = await ManagedProcess.start({
    name: 'starter-api',
    command: process.execPath,
    args: built ? [join(APP, 'dist', 'main.js')] : fromSource,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...runEnvironment(WORKSPACE, 'starter-api'),
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TRIBUTARY_OBJECT_STORE_URL: pathToFileURL(join(folder, 'objects')).href,
      TRIBUTARY_API_PORT: String(port),
      TRIBUTARY_API_KEYS: apiKeyEntry(key, 'bench', 'admin'),
      TRIBUTARY_API_RATE_LIMIT: '1000000',
      TRIBUTARY_API_MAX_REQUESTS: String(Math.max(100, 2 * clients)),
    },
    logFile: join(folder, 'starter-api.log'),
  });
  const http = new HttpClient(port, bearer(key), clients);
  try {
    await child.ready(async () => (await fetch(`http://127.0.0.1:${String(port)}/readyz`)).status === 200, READY_TIMEOUT_MS);
  } catch (error) {
    await child.kill();
    throw error;
  }
  return {
    pid: child.pid,
    http,
    stop: async () => {
      http.close();
      await child.stop();
    },
  };
}
