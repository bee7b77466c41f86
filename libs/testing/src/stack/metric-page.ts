/** One metric of a page in Prometheus' text format. */
export interface MetricFamily {
  /** As on its TYPE line; samples of a histogram add `_bucket`, `_sum` and `_count`. */
  readonly name: string;
  readonly type: string;
  readonly help: string;
  /** Names of its labels, sorted; without `le` and `quantile`. */
  readonly labels: readonly string[];
}

/** Reads what an app or a sidecar serves at /metrics. @throws Error unless it answers with a page */
export async function readMetricPage({ url, headers = {} }: { readonly url: string; readonly headers?: Readonly<Record<string, string>> }): Promise<MetricFamily[]> {
  const answer = await fetch(`${url}/metrics`, { headers });
  if (!answer.ok) throw new Error(`${url}/metrics answers ${String(answer.status)}`);
  return parseMetricPage(await answer.text());
}

/** The metrics of a page; one that has no sample yet has no label either. */
export function parseMetricPage(page: string): MetricFamily[] {
  const helps = new Map<string, string>();
  const types = new Map<string, string>();
  const labels = new Map<string, Set<string>>();
  for (const line of page.split('\n')) {
    const [, kind = '', described = '', text = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (kind !== '') (kind === 'HELP' ? helps : types).set(described, text);
    if (kind === 'TYPE' && !labels.has(described)) labels.set(described, new Set());
    const [, sample = '', , inside = ''] = /^([A-Za-z_:][\w:]*)(\{(.*)\})? \S+/.exec(line) ?? [];
    if (sample === '') continue;
    const name = types.has(sample) ? sample : sample.replace(/_(bucket|sum|count)$/, '');
    const names = labels.get(name) ?? new Set();
    labels.set(name, names);
    for (const [, label = ''] of inside.matchAll(/(?:^|,)(\w+)="(?:[^"\\]|\\.)*"/g)) if (label !== 'le' && label !== 'quantile') names.add(label);
  }
  return [...labels].map(([name, names]) => ({ name, type: types.get(name) ?? 'untyped', help: helps.get(name) ?? '', labels: [...names].sort() }));
}
