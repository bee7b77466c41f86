import { writeFile, mkdir } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { findDaprd } from '../binaries/index.js';
import { ManagedProcess } from '../process/index.js';
import { withPorts } from './ports.js';
import { makeScratch } from './scratch.js';
import type { StoppableServer } from './stoppable.js';

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 30_000;
const PROBE_TIMEOUT_MS = 2_000;
const SHUTDOWN_SECONDS = 2;

/** What lets a sidecar watch its resources. */
const HOT_RELOAD = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Configuration',
  metadata: { name: 'hot-reload' },
  spec: { features: [{ name: 'HotReload', enabled: true }] },
};

export interface DaprdOptions {
  readonly appId: string;
  /** Dapr Component documents (also Resiliency, Subscription…). */
  readonly components: readonly object[];
  /** Folder of further documents, which the sidecar takes up when they come or change. */
  readonly watchedResources?: string;
  /** Dapr Configuration document. */
  readonly configuration?: object;
  /** @default a free one */
  readonly grpcPort?: number;
  /** @default a free one */
  readonly httpPort?: number;
  /** Port of the app, for what the sidecar delivers to it. */
  readonly appPort?: number;
  /** @default a temporary file that goes with the sidecar */
  readonly logFile?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the program. @default what the finder finds */
  readonly binary?: string;
}

export interface DaprSidecar extends StoppableServer {
  readonly grpcPort: number;
  readonly httpPort: number;
  readonly metricsPort: number;
}

/**
 * Starts a Dapr sidecar on the loopback interface with these components and no others, and waits until they are ready.
 * @throws DEV_PROCESS_FAILED, DEV_PROCESS_NOT_READY, DEV_PORT_TAKEN, DEV_BINARY_MISSING
 */
export async function startDaprd(options: DaprdOptions): Promise<DaprSidecar> {
  const command = options.binary ?? (await findDaprd()).path;
  const name = `daprd of ${options.appId}`;
  const scratch = await makeScratch('daprd');
  const logFile = options.logFile ?? join(scratch.path, 'daprd.log');
  try {
    const documents = await writeDocuments(scratch.path, options);
    const asked = [options.httpPort, options.grpcPort, undefined, undefined];
    return await withPorts(name, asked, async ([httpPort = 0, grpcPort = 0, internalPort = 0, metricsPort = 0]) => {
      const args = [
        ['--app-id', options.appId],
        ...documents,
        ['--dapr-listen-addresses', HOST],
        ['--dapr-http-port', String(httpPort)],
        ['--dapr-grpc-port', String(grpcPort)],
        ['--dapr-internal-grpc-port', String(internalPort)],
        ['--dapr-internal-grpc-listen-address', HOST],
        ['--metrics-listen-address', HOST],
        ['--metrics-port', String(metricsPort)],
        ['--dapr-graceful-shutdown-seconds', String(SHUTDOWN_SECONDS)],
        ['--log-as-json'],
        ...(options.appPort === undefined ? [] : [['--app-port', String(options.appPort)]]),
      ].flat();
      const child = await ManagedProcess.start({ name, command, args, env: { ...process.env, ...options.env }, logFile });
      try {
        await child.ready(async () => (await isHealthy(httpPort)) && (await hasLoaded(httpPort, options)), READY_TIMEOUT_MS);
      } catch (error) {
        await child.kill();
        throw error;
      }
      const end = async (how: 'stop' | 'kill'): Promise<void> => {
        await child[how]();
        await scratch.remove();
      };
      return { grpcPort, httpPort, metricsPort, pid: child.pid, logFile, exited: child.exited, stop: () => end('stop'), kill: () => end('kill') };
    });
  } catch (error) {
    await scratch.remove();
    throw error;
  }
}

// JSON is YAML, and daprd reads only files named so.
async function writeDocuments(folder: string, options: DaprdOptions): Promise<string[][]> {
  const resources = join(folder, 'resources');
  const { watchedResources } = options;
  await mkdir(resources);
  const write = (path: string, document: object): Promise<void> => writeFile(path, JSON.stringify(document), { mode: 0o600 });
  await Promise.all(options.components.map((component, index) => write(join(resources, `${String(index)}.yaml`), component)));
  const paths = [resources, watchedResources].flatMap((path) => (path === undefined ? [] : [['--resources-path', path]]));
  const document = options.configuration ?? (watchedResources === undefined ? undefined : HOT_RELOAD);
  if (!document) return paths;
  const configuration = join(folder, 'configuration.yaml');
  await write(configuration, document);
  return [...paths, ['--config', configuration]];
}

async function isHealthy(port: number): Promise<boolean> {
  return (await ask(port, '/v1.0/healthz/outbound')).status === 204;
}

/** A sidecar that is about to end, because a component has failed, calls itself healthy for a moment. */
async function hasLoaded(port: number, { components, env }: DaprdOptions): Promise<boolean> {
  const token = env?.['DAPR_API_TOKEN'];
  const { status, body } = await ask(port, '/v1.0/metadata', token === undefined ? {} : { 'dapr-api-token': token });
  if (status !== 200) return false;
  const loaded = new Set((JSON.parse(body) as { components?: { name: string }[] }).components?.map(({ name }) => name));
  const wanted = components as readonly { kind?: string; metadata?: { name?: string } }[];
  return wanted.every(({ kind, metadata }) => kind !== 'Component' || loaded.has(metadata?.name ?? ''));
}

function ask(port: number, path: string, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get({ host: HOST, port, path, headers, timeout: PROBE_TIMEOUT_MS, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => { resolve({ status: response.statusCode, body }); });
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer from the sidecar')));
    request.on('error', reject);
  });
}
