import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the repository. */
export const workspaceRoot = join(__dirname, '..', '..', '..');

/** A module of the workspace, loaded from source. */
export interface LoadedModule {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Paths that match, relative to the root, in ascending order; without tests, what only they use, and build output. */
export function findSources(pattern: string): string[] {
  return globSync(pattern, { cwd: workspaceRoot, exclude: (path) => /(^|\/)(node_modules|dist|testdata|e2e)$/.test(path) })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.spec\.ts$|(^|\/)(dist|testdata|e2e|node_modules)\//.test(path))
    .sort();
}

/** Loads every module that matches. */
export async function loadModules(pattern: string): Promise<LoadedModule[]> {
  const modules: LoadedModule[] = [];
  for (const path of findSources(pattern)) {
    modules.push({ path, exports: (await import(join(workspaceRoot, path))) as Record<string, unknown> });
  }
  return modules;
}

/** Name of the project that a path lies in, by its folder. */
export function projectOf(path: string): string {
  return path.split('/')[1] ?? path;
}

/** Text of a file of the workspace. */
export function readSource(path: string): string {
  return readFileSync(join(workspaceRoot, path), 'utf8');
}
