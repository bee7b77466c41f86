// Whether node_modules is what package-lock.json asks for.
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = join('node_modules', '.tributary-install');

/** Whether the dependencies below `root` are installed and up to date. */
export function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  if (!hasNestedPackages(root)) return false;
  const hash = lockHash(root);
  if (read(join(root, MARK)) === hash) return true;
  if (!agrees(root)) return false;
  // Somebody ran npm by hand.
  rememberInstall(root);
  return true;
}

/** Notes that the dependencies are those of the lock file as it is now. */
export function rememberInstall(root) {
  writeFileSync(join(root, MARK), lockHash(root));
}

/**
 * Lets one process install at a time: two of npm at work in one node_modules break each other. Gives undefined when we
 * may, or the pid of who does. What a killed one has left is taken over.
 */
export function lockInstall(root) {
  const file = lockFile(root);
  const mine = `${file}.${process.pid}`;
  mkdirSync(join(root, '.tributary'), { recursive: true });
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      // Linked into place, so that nobody sees it without its content.
      if (link(mine, file)) return undefined;
      const holder = Number(read(file));
      if (holder > 0 && isAlive(holder)) return holder;
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Lets the next one install. */
export function unlockInstall(root) {
  if (Number(read(lockFile(root))) === process.pid) rmSync(lockFile(root), { force: true });
}

function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function lockFile(root) {
  return join(root, '.tributary', 'install.lock');
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function lockHash(root) {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

/** Compares with the list that npm keeps of what it installed; packages for other platforms are not in it. */
function agrees(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = installed[path];
    return found ? found.version === version : optional === true;
  });
}

/** Packages below a workspace lie outside the top node_modules, which alone may have been restored from a cache. */
function hasNestedPackages(root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json')) ?? {};
  const nested = Object.keys(installed).filter((path) => path.includes('/node_modules/') && !path.startsWith('node_modules/'));
  return nested.every((path) => existsSync(join(root, path)));
}

function packagesOf(file) {
  try {
    return JSON.parse(read(file)).packages;
  } catch {
    return undefined;
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
