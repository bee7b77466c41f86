import { createHash } from 'node:crypto';
import { lstat, lutimes, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Time of every file in an image, so that two builds of the same content give the same layer. */
const FILE_TIME = new Date('2000-01-01T00:00:00Z');

export interface ContentFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

/** All files below a folder, sorted. */
export async function listFiles(folder: string): Promise<ContentFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map(async (path) => ({ path: path.slice(folder.length + 1).replaceAll('\\', '/'), bytes: (await lstat(path)).size }));
  return (await Promise.all(files)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A name for what the files below a folder hold: 16 hexadecimal digits that change only when a path or a byte does. */
export async function contentId(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { path } of await listFiles(folder)) {
    hash.update(`${path}\0${createHash('sha256').update(await readFile(join(folder, path))).digest('hex')}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Gives a folder and all below it the same time. */
export async function setFileTimes(folder: string): Promise<void> {
  for (const path of await readdir(folder, { recursive: true })) await lutimes(join(folder, path), FILE_TIME, FILE_TIME);
  await lutimes(folder, FILE_TIME, FILE_TIME);
}

/** The largest parts of an image, a line each: a package, or what stands beside the packages. */
export function largestParts(files: readonly ContentFile[], count = 8): string {
  const parts = new Map<string, number>();
  for (const { path, bytes } of files) {
    const part = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;
    parts.set(part, (parts.get(part) ?? 0) + bytes);
  }
  const largest = [...parts].sort((a, b) => b[1] - a[1]).slice(0, count);
  return largest.map(([part, bytes]) => `  ${String(bytes)} ${part}`).join('\n');
}
