import { readFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';

const INLINE = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';
const FOLDER = 'node_modules/';

/**
 * Folders (`node_modules/a`) of the packages whose code stands inside bundles, by their source maps: the one beside
 * each file, or the one inside it. Sorted.
 */
export async function bundledPackages(workspaceRoot: string, bundles: readonly string[]): Promise<string[]> {
  const folders = new Set<string>();
  for (const bundle of bundles) {
    for (const source of await sourcesOf(bundle)) {
      const path = withoutScheme(source) ?? relative(workspaceRoot, resolve(dirname(bundle), source)).replaceAll(sep, '/');
      const folder = packageFolder(path);
      if (folder !== undefined) folders.add(folder);
    }
  }
  return [...folders].sort();
}

async function sourcesOf(bundle: string): Promise<string[]> {
  const code = await readFile(bundle, 'utf8');
  const inline = code.lastIndexOf(INLINE);
  const map = inline < 0 ? await readFile(`${bundle}.map`, 'utf8') : Buffer.from(code.slice(inline + INLINE.length), 'base64').toString();
  return (JSON.parse(map) as { sources: string[] }).sources;
}

/** Webpack names sources by a URL, relative to the workspace. */
function withoutScheme(source: string): string | undefined {
  const path = /^webpack:\/\/[^/]*\/(.*)$/.exec(source)?.[1];
  return path === undefined ? undefined : posix.normalize(path);
}

function packageFolder(path: string): string | undefined {
  const at = path.lastIndexOf(FOLDER);
  if (at < 0) return undefined;
  const [first = '', second = ''] = path.slice(at + FOLDER.length).split('/');
  return join(path.slice(0, at), FOLDER, first, first.startsWith('@') ? second : '').replace(/\/$/, '');
}
