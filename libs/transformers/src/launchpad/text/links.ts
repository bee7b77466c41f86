/** A path in Launchpad without the person that owns it. */
export interface OwnedPath {
  readonly path: string;
  /** Launchpad name of the owner; null when the path has none. */
  readonly owner: string | null;
}

/**
 * Path below the version of the web service: `ubuntu/+source/firefox` of `https://api…/devel/ubuntu/+source/firefox`.
 * The service may stand below a path of its host.
 */
export function pathOf(link: string): string | undefined {
  const [, path] = /^https?:\/\/[^/]+\/(?:[^?#]*?\/)??(?:devel|beta|1\.0)\/([^?#]*)$/.exec(link) ?? [];
  return path === undefined ? undefined : decoded(path);
}

/** Name of the person or team whose own link this is: `alice` of `…/~alice`. */
export function personOf(link: string): string | undefined {
  const [, name] = /^~([^/]+)$/.exec(pathOf(link) ?? '') ?? [];
  return name;
}

/** `~alice/shop/+git/shop` as `shop/+git/shop` of `alice`. */
export function withoutOwner(path: string): OwnedPath {
  const [, owner, rest] = /^~([^/]+)\/(.*)$/.exec(path) ?? [];
  return owner !== undefined && rest !== undefined ? { path: rest, owner } : { path, owner: null };
}

/** The number after the last `marker` of a link: 505857 of `…/+merge/505857/comments/1` and `+merge`. */
export function numberAfter(link: string, marker: string): number | undefined {
  const segments = (pathOf(link) ?? '').split('/');
  const [, number] = /^(\d{1,15})$/.exec(segments[segments.lastIndexOf(marker) + 1] ?? '') ?? [];
  return segments.includes(marker) && number !== undefined ? Number(number) : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
