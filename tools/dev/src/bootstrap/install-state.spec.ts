import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '..', '..', 'install-state.mjs')).href;
const LEFT_PAD = { 'node_modules/left-pad': { version: '1.3.0' } };
const OTHER_PLATFORM = { 'node_modules/only-for-vms': { version: '2.0.0', optional: true } };
const WORKSPACE = { '': {}, 'libs/common': { version: '0.1.0' }, 'node_modules/@tributary/common': { resolved: 'libs/common', link: true } };

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  write('package-lock.json', { ...WORKSPACE, ...LEFT_PAD, ...OTHER_PLATFORM });
});

afterEach(() => { rmSync(root, { recursive: true, force: true }); });

function write(file: string, packages: object): void {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, file), JSON.stringify({ packages }));
}

/** The module is plain JavaScript for the host's Node, and is run as such. */
function call(expression: string): unknown {
  const script = `const state = await import(${JSON.stringify(MODULE)}); console.log(JSON.stringify(state.${expression} ?? null));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

const isInstalled = (): unknown => call(`isInstalled(${JSON.stringify(root)})`);
const rememberInstall = (): unknown => call(`rememberInstall(${JSON.stringify(root)})`);

it('wants an install where there is none, or npm did not finish one', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(isInstalled()).toBe(false);
  mkdirSync(join(root, 'node_modules', 'left-pad'), { recursive: true });
  expect(isInstalled()).toBe(false);
});

it('trusts its mark until the lock file changes', () => {
  write('node_modules/.package-lock.json', {});
  rememberInstall();
  expect(isInstalled()).toBe(true);
  write('package-lock.json', { ...WORKSPACE, 'node_modules/left-pad': { version: '1.4.0' } });
  expect(isInstalled()).toBe(false);
});

it('takes an install by hand as it is, without packages of other platforms and workspaces', () => {
  write('node_modules/.package-lock.json', LEFT_PAD);
  expect(isInstalled()).toBe(true);
});

it.each([
  ['of another version', { 'node_modules/left-pad': { version: '1.2.0' } }],
  ['that lacks a package', {}],
])('wants an install over one %s', (_what, installed) => {
  write('node_modules/.package-lock.json', installed);
  expect(isInstalled()).toBe(false);
});

it('wants an install where packages below a workspace are gone', () => {
  write('node_modules/.package-lock.json', { ...LEFT_PAD, 'libs/common/node_modules/ajv': { version: '8.0.0' } });
  rememberInstall();
  expect(isInstalled()).toBe(false);
  mkdirSync(join(root, 'libs', 'common', 'node_modules', 'ajv'), { recursive: true });
  expect(isInstalled()).toBe(true);
});

describe('the lock of an install', () => {
  const lock = (): string => join(root, '.tributary', 'install.lock');
  const lockInstall = (): unknown => call(`lockInstall(${JSON.stringify(root)})`);

  it('tells who installs while that process lives, and is taken over from a dead one', () => {
    expect(lockInstall()).toBeNull();
    const dead = readFileSync(lock(), 'utf8');
    expect(lockInstall()).toBeNull();
    expect(readFileSync(lock(), 'utf8')).not.toBe(dead);
    writeFileSync(lock(), String(process.pid));
    expect(lockInstall()).toBe(process.pid);
  });

  it('is given back by its holder alone', () => {
    lockInstall();
    call(`unlockInstall(${JSON.stringify(root)})`);
    expect(existsSync(lock())).toBe(true);
    const both = `lockInstall(${JSON.stringify(root)}) ?? state.unlockInstall(${JSON.stringify(root)})`;
    call(both);
    expect(existsSync(lock())).toBe(false);
  });
});
