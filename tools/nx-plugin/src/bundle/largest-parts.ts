import { splitBundle } from './source-map.js';

/** The packages or project folders with most source text in a bundle, largest first, `count` of them. */
export function largestParts(bundle: string, count = 5): { part: string; bytes: number }[] {
  const { map } = splitBundle(bundle);
  const bytes = new Map<string, number>();
  map.sources.forEach((source, index) => {
    const part = partOf(source);
    bytes.set(part, (bytes.get(part) ?? 0) + (map.sourcesContent?.[index]?.length ?? 0));
  });
  return [...bytes]
    .map(([part, size]) => ({ part, bytes: size }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, count);
}

function partOf(source: string): string {
  const inPackage = source.split('node_modules/').at(-1) ?? source;
  const segments = inPackage.split('/');
  const two = inPackage === source || inPackage.startsWith('@');
  return segments.slice(0, two ? 2 : 1).join('/');
}
