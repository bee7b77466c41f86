import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, ManagedProcess } from '../process/index.js';
import { Supervisor } from './supervisor.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
});
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function start(name: string, script: string): Promise<ManagedProcess> {
  return ManagedProcess.start({ name, command: '/bin/sh', args: ['-c', script], logFile: join(folder, `${name}.log`) });
}

it('ends its processes, the last one first, and takes no death for an accident then', async () => {
  const noted: string[] = [];
  const supervisor = new Supervisor((name) => noted.push(name));
  const ended: string[] = [];
  const children = [];
  for (const name of ['database', 'server', 'app']) {
    const child = await supervisor.add(name, start(name, 'sleep 600'));
    void child.exited.then(() => ended.push(name));
    children.push(child);
  }
  await supervisor.stopAll();
  expect(noted).toEqual(['database', 'server', 'app']);
  expect(ended).toEqual(['app', 'server', 'database']);
  expect(children.filter(({ pid }) => identify(pid))).toEqual([]);
  await expect(Promise.race([supervisor.death, new Promise((resolve) => setTimeout(resolve, 300, 'quiet'))])).resolves.toBe('quiet');
});

it('reports a process that ends by itself, with what it said last', async () => {
  const supervisor = new Supervisor();
  await supervisor.add('database', start('database', 'sleep 600'));
  await supervisor.add('app', start('app', 'echo out of luck; exit 4'));
  await expect(supervisor.death).rejects.toMatchObject({
    code: 'DEV_CHILD_DIED',
    parameters: { name: 'app', exit: 'ended with code 4', tail: 'out of luck', logFile: join(folder, 'app.log') },
  });
  await supervisor.stopAll();
});

it('says it when the disk is why', async () => {
  const supervisor = new Supervisor();
  await supervisor.add('database', start('database', 'echo "could not extend file: No space left on device"; exit 1'));
  await expect(supervisor.death).rejects.toMatchObject({ code: 'DEV_DISK_FULL' });
});

it('ends a process that comes up while all are being ended', async () => {
  const supervisor = new Supervisor();
  let release: () => void = () => undefined;
  const late = supervisor.add('late', new Promise<void>((resolve) => (release = resolve)).then(() => start('late', 'sleep 600')));
  await supervisor.stopAll();
  release();
  const child = await late;
  await expect(child.exited).resolves.toEqual({ code: null, signal: 'SIGTERM' });
});

it('expects the end of a process that has a piece of work to do', async () => {
  const supervisor = new Supervisor();
  const child = await start('build', 'exit 0');
  await expect(supervisor.whileRunning(child, child.exited)).resolves.toEqual({ code: 0, signal: null });
});
