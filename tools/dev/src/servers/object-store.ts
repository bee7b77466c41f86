import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { findVersitygw } from '../binaries/index.js';
import { ManagedProcess } from '../process/index.js';
import { withPorts } from './ports.js';
import { makeScratch } from './scratch.js';
import type { StoppableServer } from './stoppable.js';

const HOST = '127.0.0.1';
const HEALTH_PATH = '/health';
const READY_TIMEOUT_MS = 30_000;
const PROBE_TIMEOUT_MS = 2_000;

export interface ObjectStoreOptions {
  /** Folder that keeps objects between starts. @default a temporary one that goes with the server */
  readonly dataDir?: string;
  /** Buckets that are there from the start. */
  readonly buckets?: readonly string[];
  /** @default a free one */
  readonly port?: number;
  /** Keys of its one account. @default new ones */
  readonly keys?: ObjectStoreKeys;
  /** @default a temporary file that goes with the server */
  readonly logFile?: string;
  /** Path of the program. @default what the finder finds */
  readonly binary?: string;
}

export interface ObjectStoreKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface ObjectStoreServer extends StoppableServer {
  /** URL of its S3 API. */
  readonly endpoint: string;
  readonly port: number;
  readonly keys: ObjectStoreKeys;
}

/**
 * Starts an S3 server (Versity S3 Gateway) over a folder on the loopback interface, and waits until it serves.
 * @throws DEV_PROCESS_FAILED, DEV_PROCESS_NOT_READY, DEV_PORT_TAKEN, DEV_BINARY_MISSING
 */
export async function startObjectStore(options: ObjectStoreOptions = {}): Promise<ObjectStoreServer> {
  const command = options.binary ?? (await findVersitygw()).path;
  const keys = options.keys ?? { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') };
  const scratch = await makeScratch('object-store');
  const dataDir = options.dataDir ?? scratch.path;
  const logFile = options.logFile ?? join(scratch.path, 'versitygw.log');
  // What S3 knows of an object beside its bytes: in files, as not every file system has attributes for it.
  const [objects, metadata] = [join(dataDir, 'objects'), join(dataDir, 'metadata')];
  try {
    await mkdir(metadata, { recursive: true });
    // It takes each folder for a bucket.
    await Promise.all(['', ...(options.buckets ?? [])].map((bucket) => mkdir(join(objects, bucket), { recursive: true })));
    return await withPorts('Object store', [options.port], async ([port = 0]) => {
      const args = ['--port', `${HOST}:${String(port)}`, '--health', HEALTH_PATH, '--keep-alive', '--quiet', 'posix', '--sidecar', metadata, objects];
      const env = { ...process.env, ROOT_ACCESS_KEY_ID: keys.accessKeyId, ROOT_SECRET_ACCESS_KEY: keys.secretAccessKey };
      const child = await ManagedProcess.start({ name: 'Object store', command, args, env, logFile });
      try {
        await child.ready(() => isHealthy(port), READY_TIMEOUT_MS);
      } catch (error) {
        await child.kill();
        throw error;
      }
      const end = async (how: 'stop' | 'kill'): Promise<void> => {
        await child[how]();
        await scratch.remove();
      };
      return { endpoint: `http://${HOST}:${String(port)}`, port, keys, pid: child.pid, logFile, exited: child.exited, stop: () => end('stop'), kill: () => end('kill') };
    });
  } catch (error) {
    await scratch.remove();
    throw error;
  }
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get({ host: HOST, port, path: HEALTH_PATH, timeout: PROBE_TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('no answer from the object store')));
    request.on('error', reject);
  });
}
