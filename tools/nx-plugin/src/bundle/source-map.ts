const MARK = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

interface SourceMap {
  file: string;
  sources: string[];
  sourcesContent?: string[];
}

/** Splits a bundle into its code and its inline source map. */
export function splitBundle(bundle: string): { code: string; map: SourceMap } {
  const at = bundle.lastIndexOf(MARK);
  if (at < 0) throw new Error('The workflow bundle has no inline source map, which a worker needs for its stack traces');
  const map = JSON.parse(Buffer.from(bundle.slice(at + MARK.length).trim(), 'base64').toString()) as SourceMap;
  return { code: bundle.slice(0, at), map };
}

/** Joins what `splitBundle` took apart. */
export function joinBundle(code: string, map: SourceMap): string {
  return `${code}${MARK}${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

/**
 * Takes the folder `root` out of a bundle, so that one source gives the same bytes, and so the same build id, in every
 * checkout, and nothing of a developer's machine is shipped.
 */
export function withoutRoot(bundle: string, root: string): string {
  const strip = (text: string): string => text.replaceAll(`${root}/`, '');
  const { code, map } = splitBundle(bundle);
  map.sources = map.sources.map(strip);
  if (map.sourcesContent) map.sourcesContent = map.sourcesContent.map((content) => strip(content ?? ''));
  return joinBundle(strip(code), map);
}

/**
 * Takes the text of the sources out of a bundle's source map. Stack traces need names and positions only, while every
 * worker would keep the text in memory, and ship it.
 */
export function withoutSourceText(bundle: string): string {
  const { code, map } = splitBundle(bundle);
  const { sourcesContent: _, ...rest } = map;
  return joinBundle(code, rest);
}
