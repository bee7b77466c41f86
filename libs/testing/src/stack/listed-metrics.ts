import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MetricFamily } from './metric-page.js';

/** The list that dashboards and alerts are checked against. */
const LIST = join(resolve(__dirname, '../../../..'), 'deploy/observability/metrics.json');
/** Of these every metric is listed; of what the runtimes and the sidecar tell, that which somebody looks at. */
const WHOLLY_LISTED = /^(tributary|temporal)_/;
const SIDECAR = /^dapr_/;

/** A metric of the list. */
export interface ListedMetric extends MetricFamily {
  /** Apps that have it on their page after the work that their tests do; `sidecar` is Dapr's. */
  readonly apps: readonly string[];
  /** When it is on a page, where no app always has it. */
  readonly condition?: string;
}

export function listedMetrics(): ListedMetric[] {
  return JSON.parse(readFileSync(LIST, 'utf8')) as ListedMetric[];
}

/**
 * Compares the page of an app, after it has done its work, with the list: what the page has and the list has not, or not
 * so, and what the list promises and the page has not. Both are empty when they agree.
 *
 * With UPDATE_GOLDEN=1 it takes the page over into the list, whose diff is then to be reviewed.
 */
export function compareWithList(app: string, page: readonly MetricFamily[]): { unlisted: string[]; missing: string[] } {
  if (process.env['UPDATE_GOLDEN']) takeOver(app, page);
  const listed = listedMetrics();
  const known = new Map(listed.map((metric) => [metric.name, metric]));
  const agrees = ({ name, type, help, labels }: MetricFamily): boolean => {
    const metric = known.get(name);
    return metric !== undefined && metric.type === type && metric.help === help && labels.every((label) => metric.labels.includes(label));
  };
  const found = new Set(page.map(({ name }) => name));
  return {
    unlisted: page.filter((family) => WHOLLY_LISTED.test(family.name) && !agrees(family)).map(({ name }) => name),
    missing: listed.filter(({ name, apps }) => apps.includes(app) && !found.has(name)).map(({ name }) => name),
  };
}

function takeOver(app: string, page: readonly MetricFamily[]): void {
  const all = new Map(listedMetrics().map((metric) => [metric.name, metric]));
  const union = (a: readonly string[] = [], b: readonly string[] = []): string[] => [...new Set([...a, ...b])].sort();
  for (const family of page) {
    const before = all.get(family.name);
    if (!before && !WHOLLY_LISTED.test(family.name) && !SIDECAR.test(family.name)) continue;
    const apps = before?.condition === undefined ? union(before?.apps, [app]) : before.apps;
    all.set(family.name, { ...before, ...family, labels: union(before?.labels, family.labels), apps });
  }
  const lines = [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1)).map((metric) => `  ${JSON.stringify(metric)}`);
  writeFileSync(LIST, `[\n${lines.join(',\n')}\n]\n`);
}
