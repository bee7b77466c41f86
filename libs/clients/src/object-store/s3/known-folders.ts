const MAX_KNOWN = 1_000;

/** Beginnings of keys that were seen to be no objects, so that each is asked for once and not for each object below it. */
export class KnownFolders {
  readonly #folders = new Set<string>();

  has(folder: string): boolean {
    return this.#folders.has(folder);
  }

  add(folder: string): void {
    this.#folders.add(folder);
    const [oldest] = this.#folders;
    if (this.#folders.size > MAX_KNOWN && oldest !== undefined) this.#folders.delete(oldest);
  }

  /** Forgets one that became an object. */
  delete(folder: string): void {
    this.#folders.delete(folder);
  }
}

/** `a` and `a/b` of `a/b/c`. */
export function foldersOf(key: string): string[] {
  return [...key.matchAll(/\//g)].map(({ index }) => key.slice(0, index));
}
