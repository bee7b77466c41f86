import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { identify } from './identity.js';
import { ManagedProcess } from './managed-process.js';

let folder: string;
let logFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'process-'));
  logFile = join(folder, 'logs', 'child.log');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function shell(script: string, more: { stopTimeoutMs?: number } = {}): Promise<ManagedProcess> {
  return ManagedProcess.start({ name: 'child', command: '/bin/sh', args: ['-c', script], logFile, ...more });
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 10 s');
    await delay(20);
  }
}

const logged = async (text: string): Promise<boolean> => (await readFile(logFile, 'utf8')).includes(text);

it('appends both outputs to its log, in a folder that it makes', async () => {
  await (await shell('echo out; echo err >&2')).exited;
  await (await shell('echo again')).exited;
  await expect(readFile(logFile, 'utf8')).resolves.toBe('out\nerr\nagain\n');
});

it('stops with SIGTERM, and says how the process ended', async () => {
  const child = await shell('trap "exit 3" TERM; echo up; while :; do sleep 0.05; done');
  await child.ready(() => logged('up'), 5_000);
  await expect(child.stop()).resolves.toEqual({ code: 3, signal: null });
});

it('ends by force what does not stop in time, with its children', async () => {
  const child = await shell('trap "" TERM; sleep 600 & echo $!; wait; wait', { stopTimeoutMs: 100 });
  await child.ready(() => logged('\n'), 5_000);
  const grandchild = Number(await readFile(logFile, 'utf8'));
  await expect(child.stop()).resolves.toEqual({ code: null, signal: 'SIGKILL' });
  await until(() => identify(grandchild) === undefined);
});

it('tells the last lines when the process ends instead of becoming ready', async () => {
  const child = await shell('echo the disk is on fire; exit 7');
  const error = child.ready(() => Promise.resolve(false), 5_000);
  await expect(error).rejects.toMatchObject({ code: 'DEV_PROCESS_FAILED', parameters: { reason: 'ended with code 7', tail: 'the disk is on fire', logFile } });
});

it('says why it was not ready in time', async () => {
  const child = await shell('sleep 600');
  const refused = (): Promise<boolean> => Promise.reject(new Error('connection refused'));
  await expect(child.ready(refused, 100)).rejects.toMatchObject({ code: 'DEV_PROCESS_NOT_READY', parameters: { reason: 'connection refused', seconds: 0.1 } });
  await child.kill();
});

it('reports a program that does not exist', async () => {
  const start = ManagedProcess.start({ name: 'child', command: '/no/such/program', args: [], logFile });
  await expect(start).rejects.toMatchObject({ code: 'DEV_PROCESS_FAILED', message: expect.stringContaining('ENOENT') as string });
});

it('does not leave processes or temporary folders behind when its parent is killed', async () => {
  const script = `
    const { ManagedProcess, watchFolder } = require(${JSON.stringify(join(__dirname, 'index.ts'))});
    const { mkdirSync } = require('node:fs');
    void (async () => {
      mkdirSync(${JSON.stringify(join(folder, 'scratch'))});
      watchFolder(${JSON.stringify(join(folder, 'scratch'))});
      const child = await ManagedProcess.start({ name: 'child', command: 'sleep', args: ['600'], logFile: ${JSON.stringify(logFile)} });
      console.log(String(child.pid));
      process.kill(process.pid, 'SIGKILL');
    })();`;
  const parent = spawn(process.execPath, ['--conditions=@tributary/source', '--import', 'tsx', '-e', script], { cwd: __dirname, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  parent.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(parent, 'close');
  expect(parent.signalCode).toBe('SIGKILL');
  const pid = Number(output);
  expect(pid).toBeGreaterThan(0);
  await until(() => identify(pid) === undefined && !existsSync(join(folder, 'scratch')));
});
