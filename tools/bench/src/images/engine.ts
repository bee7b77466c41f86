import { execFile, spawn } from 'node:child_process';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';

const run = promisify(execFile);
const SOCKET = '/var/run/docker.sock';

/** Prints what `docker …args` prints. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.env['DOCKER'] || 'docker', [...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** Size of an image as `docker save` writes it, compressed. */
export async function savedBytes(image: string): Promise<number> {
  const child = spawn(process.env['DOCKER'] || 'docker', ['save', image], { stdio: ['ignore', 'pipe', 'inherit'] });
  let bytes = 0;
  for await (const chunk of child.stdout.pipe(createGzip())) bytes += (chunk as Buffer).length;
  return bytes;
}

export interface Usage {
  readonly cpuMillis: number;
  /** Without page cache. */
  readonly memoryBytes: number;
}

interface Stats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
  readonly memory_stats: { readonly usage: number; readonly stats: { readonly file?: number; readonly cache?: number } };
}

/** What the control group of a container has used until now. */
export async function usage(id: string): Promise<Usage> {
  const { cpu_stats: cpu, memory_stats: memory } = await ask<Stats>(`/containers/${id}/stats?stream=false&one-shot=true`);
  // Version 2 of control groups calls it `file`, version 1 `cache`.
  const pages = memory.stats.file ?? memory.stats.cache ?? 0;
  return { cpuMillis: cpu.cpu_usage.total_usage / 1e6, memoryBytes: memory.usage - pages };
}

/** When a container was started, in milliseconds since 1970. */
export async function startedAt(id: string): Promise<number> {
  return Date.parse(await docker('inspect', '--format', '{{.State.StartedAt}}', id));
}

/** Resident memory of the first process of a container. */
export async function resident(id: string): Promise<number> {
  const [, first = ''] = (await docker('top', id, '-eo', 'pid,rss')).split('\n');
  return Number(first.trim().split(/\s+/)[1]) * 1024;
}

function ask<T>(path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: SOCKET, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as T);
        else reject(new Error(`The engine answered ${String(response.statusCode)} to ${path}: ${text}`));
      });
    });
    asked.once('error', reject).end();
  });
}
