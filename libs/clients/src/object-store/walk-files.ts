import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectInfo } from '../ports.js';
import { isAbsent } from './file-errors.js';
import { STAGING_SEGMENT, compareKeys } from './object-key.js';

/**
 * The files below `root` whose path begins with `prefix`, in ascending order of key. One folder's names are in memory at a
 * time for each level; what vanishes in between is left out.
 */
export async function* walkFiles(root: string, prefix: string, signal?: AbortSignal): AsyncGenerator<ObjectInfo> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  yield* walk(root, folder, prefix, signal);
}

async function* walk(root: string, folder: string, prefix: string, signal?: AbortSignal): AsyncGenerator<ObjectInfo> {
  signal?.throwIfAborted();
  for (const { key, isFolder } of await entriesOf(root, folder)) {
    signal?.throwIfAborted();
    if (!key.startsWith(prefix)) continue;
    if (isFolder) {
      yield* walk(root, key, prefix, signal);
      continue;
    }
    const found = await orAbsent(stat(join(root, key)));
    if (found) yield { key, bytes: found.size };
  }
}

/** Entries of one folder, where a folder sorts as the beginning of the keys in it: with its "/". */
async function entriesOf(root: string, folder: string): Promise<{ key: string; isFolder: boolean }[]> {
  const entries = (await orAbsent(readdir(join(root, folder), { withFileTypes: true }))) ?? [];
  return entries
    .filter((entry) => (entry.isFile() || entry.isDirectory()) && !(folder === '' && entry.name === STAGING_SEGMENT))
    .map((entry: Dirent) => ({ key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`, isFolder: entry.isDirectory() }))
    .sort((a, b) => compareKeys(a.key, b.key));
}

async function orAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
