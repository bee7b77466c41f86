import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { findTemporal } from '../binaries/index.js';
import { ManagedProcess } from '../process/index.js';
import { grpcCall } from './grpc-call.js';
import { withPorts } from './ports.js';
import { makeScratch } from './scratch.js';
import { addSearchAttributes } from './search-attributes.js';
import type { StoppableServer } from './stoppable.js';

const HOST = '127.0.0.1';
const READY_TIMEOUT_MS = 60_000;
const CALL_TIMEOUT_MS = 2_000;
const STRING_FIELD_1 = 0x0a;

export interface TemporalOptions {
  /** SQLite file that keeps the histories between starts. Without it they live in memory. */
  readonly dbFile?: string;
  /** @default default */
  readonly namespace?: string;
  /** Serve the Web UI. @default false */
  readonly ui?: boolean;
  /** @default a free one */
  readonly port?: number;
  /** @default a free one */
  readonly uiPort?: number;
  /** Custom search attributes that the namespace has, name to type: `{ Tenant: 'Keyword' }`. Those of earlier starts stay. */
  readonly searchAttributes?: Readonly<Record<string, string>>;
  /** Dynamic configuration of the server, by key; the values are JSON. */
  readonly dynamicConfig?: Readonly<Record<string, string>>;
  /** @default a temporary file that goes with the server */
  readonly logFile?: string;
  /** Path of the program. @default what the finder finds */
  readonly binary?: string;
}

export interface TemporalServer extends StoppableServer {
  /** `host:port` of the gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl?: string;
}

/**
 * Starts the Temporal development server on the loopback interface, and waits until the frontend serves its namespace.
 * @throws DEV_PROCESS_FAILED, DEV_PROCESS_NOT_READY, DEV_PORT_TAKEN, DEV_BINARY_MISSING
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<TemporalServer> {
  const command = options.binary ?? (await findTemporal()).path;
  const namespace = options.namespace ?? 'default';
  const dbFile = options.dbFile === undefined ? undefined : resolve(options.dbFile);
  if (dbFile) await mkdir(dirname(dbFile), { recursive: true });
  const scratch = options.logFile === undefined ? await makeScratch('temporal') : undefined;
  const logFile = options.logFile ?? join(scratch?.path ?? '', 'temporal.log');
  try {
    return await withPorts('Temporal', [options.port, options.uiPort], async ([port = 0, uiPort = 0]) => {
      const args = ['server', 'start-dev', '--ip', HOST, '--port', String(port), '--namespace', namespace, '--log-format', 'json'];
      // Without it, each hand-over of a task waits 40 ms.
      args.push('--dynamic-config-value', 'history.transferProcessorMaxPollRPS=2000');
      for (const [key, value] of Object.entries(options.dynamicConfig ?? {})) args.push('--dynamic-config-value', `${key}=${value}`);
      args.push(...(options.ui ? ['--ui-port', String(uiPort)] : ['--headless']));
      if (dbFile) args.push('--db-filename', dbFile);
      const child = await ManagedProcess.start({ name: 'Temporal', command, args, env: withoutTemporalSettings(), logFile });
      const address = `${HOST}:${String(port)}`;
      try {
        await child.ready(() => serves(address, namespace), READY_TIMEOUT_MS);
        if (options.searchAttributes) await addSearchAttributes(address, namespace, options.searchAttributes);
      } catch (error) {
        await child.kill();
        throw error;
      }
      const end = async (how: 'stop' | 'kill'): Promise<void> => {
        await child[how]();
        await scratch?.remove();
      };
      return {
        address,
        namespace,
        ...(options.ui ? { uiUrl: `http://${HOST}:${String(uiPort)}` } : {}),
        pid: child.pid,
        logFile,
        exited: child.exited,
        stop: () => end('stop'),
        kill: () => end('kill'),
      };
    });
  } catch (error) {
    await scratch?.remove();
    throw error;
  }
}

/** Settings of the user's own client, an address or a profile, must not reach the server that we start. */
function withoutTemporalSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function serves(address: string, namespace: string): Promise<boolean> {
  const service = text('temporal.api.workflowservice.v1.WorkflowService');
  const health = await grpcCall(address, '/grpc.health.v1.Health/Check', service, CALL_TIMEOUT_MS);
  const SERVING = Buffer.from([0x08, 0x01]);
  if (!health.equals(SERVING)) return false;
  await grpcCall(address, '/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace', text(namespace), CALL_TIMEOUT_MS);
  return true;
}

/** Message whose first field is the string `value` (below 128 bytes). */
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([STRING_FIELD_1, bytes.length]), bytes]);
}
