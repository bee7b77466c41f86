/** Where the page is: what stands behind `#/`. */
export interface Location {
  /** Decoded segments: `['runs', 'some id']`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/** Reads a location from a hash. What cannot be decoded is taken as it stands. */
export function parseHash(hash: string): Location {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  return { segments: path.split('/').filter((segment) => segment !== '').map(decoded), query: new URLSearchParams(query) };
}

/** Parameters of a location that a route such as `runs/:workflowId` matches, or undefined. */
export function matchRoute(route: string, { segments }: Location): Record<string, string> | undefined {
  const parts = route.split('/');
  if (parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}

/** Address within the page: href`runs/${id}`. */
export function href(texts: TemplateStringsArray, ...parts: readonly string[]): string {
  return `#/${texts.reduce((whole, text, index) => `${whole}${encodeURIComponent(parts[index - 1] ?? '')}${text}`)}`;
}

/** The same with a query; empty values are left out. */
export function withQuery(address: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  return given.length === 0 ? address : `${address}?${new URLSearchParams(given).toString()}`;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
