// Whether node_modules is what package-lock.json asks for.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MARK = join('node_modules', '.tributary-install');

/** Whether the dependencies below `root` are installed and up to date. */
export function isInstalled(root) {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
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
