import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { identify } from '../process/index.js';
import { claimStack } from './claim.js';
import { stackLayout, type StackLayout } from './layout.js';
import { writePrivateJson } from './private-file.js';
import { readStackFile, writeStackFile } from './stack-file.js';

const STACK = {
  temporal: { address: '127.0.0.1:7233', namespace: 'default', uiUrl: 'http://127.0.0.1:8233' },
  postgres: { host: '127.0.0.1', port: 5432 },
  stateUrl: 'postgres://state:hush@127.0.0.1/state',
  eventsUrl: 'postgres://events@127.0.0.1/events',
  launchpad: { serviceRoot: 'production' },
};

let layout: StackLayout;
let left: ChildProcess[];

beforeEach(() => {
  layout = stackLayout(mkdtempSync(`${tmpdir()}/claim-`));
  left = [];
});

afterEach(() => {
  for (const child of left) child.kill('SIGKILL');
  rmSync(layout.workspace, { recursive: true, force: true });
});

/** What a start that was killed with -9 leaves: files of a dead process, and its children. */
function killedStart(script: string): ChildProcess {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' });
  left.push(child);
  writePrivateJson(layout.lock, { pid: 4_194_305, startTime: '1', host: hostname(), token: 'x' });
  writePrivateJson(layout.stackFile, { ...STACK, process: { pid: 4_194_305, startTime: '1' } });
  writePrivateJson(layout.secretsFile, { source: { password: 'hush' } });
  writePrivateJson(layout.children, [{ name: 'Temporal', ...identify(child.pid ?? 0) }]);
  return child;
}

it('is for one process at a time', async () => {
  const claim = await claimStack(layout);
  await expect(claimStack(layout)).rejects.toMatchObject({ code: 'DEV_STACK_RUNNING', parameters: { pid: process.pid } });
  claim.release();
  (await claimStack(layout)).release();
});

it('ends what a killed start has left, and forgets its secrets and addresses', async () => {
  const child = killedStart('sleep 600');
  const exit = once(child, 'exit');
  expect(() => readStackFile(layout)).toThrow(expect.objectContaining({ code: 'DEV_STACK_MISSING' }) as Error);
  const claim = await claimStack(layout);
  expect(claim.ended).toEqual(['Temporal']);
  await expect(exit).resolves.toEqual([null, 'SIGTERM']);
  expect([layout.stackFile, layout.secretsFile, layout.children].filter(existsSync)).toEqual([]);
  claim.release();
});

it('leaves a process alone that merely has the pid of one of ours', async () => {
  const child = killedStart('sleep 600');
  const file = JSON.parse(readFileSync(layout.children, 'utf8')) as { startTime: string }[];
  writeFileSync(layout.children, JSON.stringify(file.map((entry) => ({ ...entry, startTime: 'another' }))));
  const claim = await claimStack(layout);
  expect(claim.ended).toEqual([]);
  expect(identify(child.pid ?? 0)).toBeDefined();
  claim.release();
});

it.each(['{', '{"a":1}', '[1,null,{"pid":"x"},{"name":"Temporal","pid":-1,"startTime":"1"}]'])('starts over damaged notes: %s', async (text) => {
  for (const file of [layout.lock, layout.stackFile, layout.children]) writePrivateJson(file, {});
  writeFileSync(layout.children, text);
  expect(() => readStackFile(layout)).toThrow(expect.objectContaining({ code: 'DEV_STACK_MISSING' }) as Error);
  const claim = await claimStack(layout);
  expect(claim.ended).toEqual([]);
  claim.release();
});

it('notes its processes, and says where the stack is to its owner alone', async () => {
  const claim = await claimStack(layout);
  claim.note('Temporal', process.pid);
  expect(JSON.parse(readFileSync(layout.children, 'utf8'))).toEqual([{ name: 'Temporal', ...identify(process.pid) }]);
  writeStackFile(layout, STACK);
  expect(readStackFile(layout)).toMatchObject(STACK);
  expect(statSync(layout.stackFile).mode & 0o777).toBe(0o600);
  claim.release();
  expect(() => readStackFile(layout)).toThrow(expect.objectContaining({ code: 'DEV_STACK_MISSING' }) as Error);
});
