import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from '../workspace.js';
import { readExpression } from './promql.js';

const folder = join(workspaceRoot, 'deploy/observability');

/** A metric of deploy/observability/metrics.json, which the tests of the built apps compare with their pages. */
export interface ListedMetric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  readonly apps: readonly string[];
  readonly condition?: string;
}

export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

export interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertRule[] }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly { readonly id: number; readonly title: string; readonly description: string; readonly targets: readonly { readonly expr: string }[] }[];
}

export function listedMetrics(): ListedMetric[] {
  return JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as ListedMetric[];
}

/** Rule files by app. */
export function ruleFiles(): Map<string, RuleFile> {
  return new Map(globSync('alerts/*.yaml', { cwd: folder }).map((path) => [basename(path, '.yaml'), parse(readFileSync(join(folder, path), 'utf8')) as RuleFile]));
}

/** Dashboards by the name of their file. */
export function dashboards(): Map<string, Dashboard> {
  return new Map(globSync('dashboards/*.json', { cwd: folder }).map((path) => [basename(path, '.json'), JSON.parse(readFileSync(join(folder, path), 'utf8')) as Dashboard]));
}

/** What an expression names that is not there: series, labels of matchers, labels of groups. */
export function unknownIn(expression: string, metrics: readonly ListedMetric[]): string[] {
  // Grafana puts a duration in the place of its variables.
  const { selectors, grouping } = readExpression(expression.replaceAll('$__rate_interval', '5m'));
  // Labels that Prometheus adds, and the bounds of histograms.
  const added = ['job', 'instance', 'le'];
  const known = new Map(metrics.flatMap((metric) => seriesOf(metric).map((series) => [series, [...metric.labels, ...added]] as const)));
  known.set('up', added);
  const labels = new Set(selectors.flatMap(({ series }) => known.get(series) ?? []));
  return [
    ...selectors.filter(({ series }) => !known.has(series)).map(({ series }) => series),
    ...selectors.flatMap(({ series, labels: named }) => named.filter((label) => !known.get(series)?.includes(label)).map((label) => `${series}{${label}}`)),
    ...grouping.filter((label) => !labels.has(label)).map((label) => `by (${label})`),
  ];
}

function seriesOf({ name, type }: ListedMetric): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
