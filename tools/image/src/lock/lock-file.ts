import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What package-lock.json says of one installed package. */
export interface LockedPackage {
  readonly name: string;
  /** Folder relative to the workspace: `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly version: string;
  readonly integrity: string | undefined;
  readonly licence: string | undefined;
  /** Packages that it loads, by name; optional ones are those that npm may leave out. */
  readonly needs: readonly { readonly name: string; readonly optional: boolean }[];
}

interface Entry {
  version?: string;
  name?: string;
  integrity?: string;
  license?: string | { type: string };
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

const FOLDER = 'node_modules/';

/** The packages of a package-lock.json by their folders; without the projects of the workspace. */
export class LockFile {
  readonly #entries: Readonly<Record<string, Entry>>;

  constructor(text: string) {
    this.#entries = (JSON.parse(text) as { packages: Record<string, Entry> }).packages;
  }

  static async read(workspaceRoot: string): Promise<LockFile> {
    return new LockFile(await readFile(join(workspaceRoot, 'package-lock.json'), 'utf8'));
  }

  /** The package that code in the folder `from` gets by `name`, as Node looks for it. */
  resolve(name: string, from: string): LockedPackage | undefined {
    for (let folder = from; ; folder = above(folder)) {
      const found = this.at(`${folder}${folder === '' ? '' : '/'}${FOLDER}${name}`);
      if (found) return found;
      if (folder === '') return undefined;
    }
  }

  /** The package that is installed in a folder. */
  at(path: string): LockedPackage | undefined {
    const entry = this.#entries[path];
    if (entry?.version === undefined || entry.link || !path.includes(FOLDER)) return undefined;
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = entry;
    const needs = [
      ...Object.keys(dependencies).map((name) => ({ name, optional: name in optionalDependencies })),
      ...Object.keys(optionalDependencies).map((name) => ({ name, optional: true })),
      ...Object.keys(peerDependencies).map((name) => ({ name, optional: peerDependenciesMeta[name]?.optional === true })),
    ];
    return {
      name: entry.name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length),
      path,
      version: entry.version,
      integrity: entry.integrity,
      licence: typeof entry.license === 'string' ? entry.license : entry.license?.type,
      needs,
    };
  }

  /**
   * `roots` and all that they load, sorted by folder. Packages for which `isLeftOut` holds stay out with what they alone
   * need; so do optional ones, which their users can do without.
   */
  closure(roots: readonly LockedPackage[], isLeftOut: (name: string) => boolean): LockedPackage[] {
    const found = new Map<string, LockedPackage>();
    const open = [...roots];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next.path) || isLeftOut(next.name)) continue;
      found.set(next.path, next);
      for (const { name, optional } of next.needs) {
        const needed = optional ? undefined : this.resolve(name, next.path);
        if (needed) open.push(needed);
      }
    }
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

function above(folder: string): string {
  const at = folder.lastIndexOf('/');
  return at < 0 ? '' : folder.slice(0, at);
}
