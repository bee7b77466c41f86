import { join } from 'node:path';
import { LockFile } from '../lock/lock-file.js';
import { packageFiles } from './package-files.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');

async function filesOf(name: string, architecture: string): Promise<string[]> {
  const found = (await LockFile.read(workspaceRoot)).resolve(name, '');
  if (!found) throw new Error(`${name} is not in the lock file`);
  return packageFiles(workspaceRoot, found, architecture);
}

it.each([
  ['x64', 'x86_64-unknown-linux-gnu'],
  ['arm64', 'aarch64-unknown-linux-gnu'],
])('takes the native core of Temporal for %s alone', async (architecture, target) => {
  const files = await filesOf('@temporalio/core-bridge', architecture);
  expect(files.filter((file) => file.endsWith('.node'))).toEqual([`releases/${target}/index.node`]);
  expect(files.filter((file) => /\.rs$|Cargo|^sdk-core/.test(file))).toEqual([]);
  expect(files).toContain('index.js');
});

it('takes what a program loads, and the licence, and no types, maps or prose', async () => {
  const files = await filesOf('@temporalio/client', 'x64');
  expect(files).toEqual(expect.arrayContaining(['package.json', 'lib/index.js']));
  expect(files.filter((file) => /\.d\.ts$|\.map$|\.ts$|README/.test(file))).toEqual([]);
  expect(await filesOf('long', 'x64')).toContain('LICENSE');
});
