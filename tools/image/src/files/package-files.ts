import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockedPackage } from '../lock/lock-file.js';

/** Rust targets by Node's names of architectures, as Temporal's SDK names the folders of its native core. */
const NATIVE_TARGETS: Readonly<Record<string, string>> = { x64: 'x86_64-unknown-linux-gnu', arm64: 'aarch64-unknown-linux-gnu' };

/** What no program loads: types, source maps, sources in other languages, prose. */
const NEVER_LOADED = /\.(?:d\.[cm]?ts|[cm]?tsx?|map|flow|md|markdown|rs|toml|lock|tsbuildinfo)$/i;
/** Texts that must go with the code. */
const LEGAL = /^(?:licen[cs]e|notice|copying|copyright)/i;
const SIDE_FOLDERS = new Set(['test', 'tests', '__tests__', 'docs', 'doc', 'example', 'examples', 'benchmark', 'benchmarks', '.github', 'node_modules']);

/**
 * Files of an installed package that an image for `architecture` (Node's name) needs, relative to its folder, sorted.
 */
export async function packageFiles(workspaceRoot: string, { name, path }: LockedPackage, architecture: string): Promise<string[]> {
  const root = join(workspaceRoot, path);
  const found: string[] = [];
  const open = [''];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() ? folder === '' && SIDE_FOLDERS.has(entry.name) : !isNeeded(entry.name)) continue;
      if (name === '@temporalio/core-bridge' && !isNeededOfCore(file, architecture)) continue;
      if (entry.isDirectory()) open.push(file);
      else found.push(file);
    }
  }
  return found.sort();
}

function isNeeded(fileName: string): boolean {
  return LEGAL.test(fileName) || !NEVER_LOADED.test(fileName);
}

/** The native core comes with its Rust sources and a build for every platform. */
function isNeededOfCore(file: string, architecture: string): boolean {
  const [first = '', target] = file.split('/');
  if (first === 'releases') return target === undefined || target === NATIVE_TARGETS[architecture];
  return !['sdk-core', 'src', 'bridge-macros', 'scripts', 'ts'].includes(first);
}
