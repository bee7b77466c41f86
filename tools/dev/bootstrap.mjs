// First step of `npm start`, `npm run stack` and `npm test`: plain JavaScript without dependencies, for whichever Node the
// host has. Installs the dependencies when they are missing or out of date, and goes on with the project's own Node.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isInstalled, lockInstall, rememberInstall, unlockInstall } from './install-state.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const MAIN = ['--conditions=@tributary/source', '--import', 'tsx', 'tools/dev/src/cli/main.ts'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PARENT_CHECK_MS = 1_000;
const INSTALL_CHECK_MS = 250;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js ${process.versions.node} runs this, but 20.19 or newer is needed: install it from https://nodejs.org`);
}

try {
  accessSync(tmpdir(), constants.W_OK | constants.X_OK);
} catch {
  fail(`The folder for temporary files, ${tmpdir()}, is missing or not writable: make it, or set TMPDIR to one that is.`);
}

if (!isInstalled(ROOT)) await waitForOtherInstall();
if (!isInstalled(ROOT)) {
  const { code, signal } = await install();
  if (signal) process.exit(130);
  if (code !== 0) {
    fail(`The dependencies could not be installed: "npm ci" ended with code ${code}; its messages are above.
- No network or another registry? Check "npm config get registry" and the proxy settings.
- package-lock.json does not fit package.json (EUSAGE)? Run "npm install" and commit the lock file.
- The disk is full (ENOSPC)? About 1 GB is needed.
Then run the same command again.`);
  }
  rememberInstall(ROOT);
}
unlockInstall(ROOT);
if (!existsSync(NODE)) fail(`${NODE} is missing although "npm ci" succeeded: run "npm ci --include=dev" without --ignore-scripts.`);

const { code, signal } = await run(NODE, [...MAIN, ...process.argv.slice(2)], { ipc: true });
process.exitCode = signal ? 1 : (code ?? 1);

async function waitForOtherInstall() {
  for (let told = false; ; told = true) {
    const holder = lockInstall(ROOT);
    if (holder === undefined) break;
    if (!told) console.error(`Waiting for process ${holder}, which installs the dependencies …`);
    await delay(INSTALL_CHECK_MS);
  }
  process.once('exit', () => unlockInstall(ROOT));
}

async function install() {
  const started = Date.now();
  console.error('Installing the dependencies (npm ci) …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const result = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args])
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { shell: process.platform === 'win32' });
  if (result.code === 0) console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  return result;
}

// The child stays in our process group, or it could not read from the terminal.
function run(command, args, { ipc = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, shell, stdio: ['inherit', 'inherit', 'inherit', ...(ipc ? ['ipc'] : [])] });
    const forward = (signal) => child.kill(signal);
    for (const signal of SIGNALS) process.on(signal, forward);
    // Of npm killed with -9 nothing else tells us.
    const parents = npmAndShell();
    const watch = setInterval(() => {
      if (!process.env.npm_lifecycle_event || npmAndShell() === parents) return;
      clearInterval(watch);
      forward('SIGTERM');
    }, PARENT_CHECK_MS);
    const end = (result) => {
      clearInterval(watch);
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve(result);
    };
    child.once('error', (error) => {
      console.error(error.message);
      end({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => end({ code, signal }));
  });
}

// npm runs us through a shell, which outlives it.
function npmAndShell() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}`;
  } catch {
    return String(process.ppid);
  }
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
