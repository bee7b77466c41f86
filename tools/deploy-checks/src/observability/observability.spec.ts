import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { APPS, kubernetesFolder, WORKERS, workspaceRoot } from '../workspace.js';
import { dashboards, listedMetrics, ruleFiles, unknownIn, type AlertRule } from './observability.js';

const metrics = listedMetrics();
const files = ruleFiles();
const rulesOf = (app: string): readonly AlertRule[] => files.get(app)?.groups.flatMap(({ rules }) => rules) ?? [];
const alerts = [...files.keys()].flatMap(rulesOf);
const pageOf = (alert: string): string => `docs/runbooks/${alert.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;
const read = (path: string): string => readFileSync(join(workspaceRoot, path), 'utf8');

describe('an expression', () => {
  const few = metrics.filter(({ name }) => name === 'tributary_api_request_duration_seconds');

  it('is seen through where it names what there is not', () => {
    expect(unknownIn('sum by (le, route) (rate(tributary_api_request_duration_seconds_bucket{method="GET"}[$__rate_interval]))', few)).toEqual([]);
    expect(unknownIn('tributary_api_request_duration_seconds', few)).toEqual(['tributary_api_request_duration_seconds']);
    expect(unknownIn('sum by (code) (tributary_api_request_duration_seconds_sum{status="1"})', few)).toEqual([
      'tributary_api_request_duration_seconds_sum{status}',
      'by (code)',
    ]);
    expect(unknownIn('sum(rate({__name__="x"}[5m]))', few)).not.toEqual([]);
    expect(() => unknownIn('sum(rate(up[5m])', few)).toThrow('No PromQL');
  });
});

describe('the list of metrics', () => {
  it('has each once, with help, few labels, and its unit in the name', () => {
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
    for (const { name, type, help, labels } of metrics.filter(({ name }) => name.startsWith('tributary_'))) {
      expect([name, type, help.length > 5, labels.length <= 6]).toEqual([name, expect.stringMatching(/^(counter|gauge|histogram)$/), true, true]);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
      if (/^Time /.test(help)) expect(name).toMatch(/_seconds$/);
    }
  });

  it('says of those that no app always shows when they appear, and names no metric of ours that the code does not define', () => {
    for (const { name, apps, condition } of metrics) expect([name, apps.length > 0 ? undefined : typeof condition]).toEqual([name, condition === undefined ? undefined : 'string']);
    const sources = globSync('{apps,libs}/*/src/**/*.ts', { cwd: workspaceRoot }).filter((path) => !path.includes('.spec.')).map(read).join('\n');
    const ours = metrics.filter(({ name }) => name.startsWith('tributary_'));
    expect(ours.filter(({ name }) => !sources.includes(`'${name}'`) && !sources.includes(`'${name.slice('tributary_'.length)}'`)).map(({ name }) => name)).toEqual([]);
    const defined = [...sources.matchAll(/create(?:Counter|Gauge|Histogram)\('(\w+)'|\b(?:counter|gauge|readGauge|histogram)\(\{\s*name: '(\w+)'/g)].map(([, meter, own = '']) => meter ?? `tributary_${own}`);
    expect(defined.filter((name) => !ours.some((metric) => metric.name === name))).toEqual([]);
    expect(defined.length).toBeGreaterThan(20);
  });

  it('is in the guide, ours row by row', () => {
    const guide = read('docs/guides/observability.md');
    const rows = metrics.filter(({ name }) => name.startsWith('tributary_')).map(({ name, type, labels, help }) => `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`);
    expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
    expect(guide.match(/^\| `tributary_/gm)).toHaveLength(rows.length);
  });
});

describe('alerts', () => {
  it('are raised for every app, on metrics that there are', () => {
    expect([...files.keys()].sort()).toEqual([...APPS].sort());
    expect(alerts.flatMap(({ alert, expr }) => unknownIn(expr, metrics).map((problem) => `${alert}: ${problem}`))).toEqual([]);
  });

  it('have a severity, a summary, a time and a runbook of their name', () => {
    for (const { alert, for: time, labels, annotations } of alerts) {
      expect([alert, labels, time]).toEqual([alert, { severity: expect.stringMatching(/^(critical|warning)$/) as string }, expect.stringMatching(/^\d+[mh]$/)]);
      expect([alert, Object.keys(annotations).sort(), annotations.runbook]).toEqual([alert, ['runbook', 'summary'], pageOf(alert)]);
      for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) expect(alerts.find((one) => one.alert === alert)?.expr).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
    }
  });

  it('have a runbook each, which says what it means, where to look and what to do, and there is no other', () => {
    const pages = globSync('docs/runbooks/*.md', { cwd: workspaceRoot }).map((path) => path.replaceAll('\\', '/')).sort();
    expect(pages).toEqual([...new Set(alerts.map(({ alert }) => pageOf(alert)))].sort());
    for (const { alert } of alerts) {
      const page = read(pageOf(alert));
      expect([alert, page.startsWith(`# ${alert}\n`), ...(page.match(/^## .*$/gm) ?? [])]).toEqual([alert, true, '## What it means', '## Look', '## Do']);
    }
  });

  it('are the same for all workers where they are about workers, but for the name of the job', () => {
    const [first = '', ...rest] = WORKERS;
    const about = (app: string) => rulesOf(app).filter(({ alert }) => alert.startsWith('Tributary')).map((rule) => JSON.stringify(rule).replaceAll(app, 'APP'));
    for (const app of rest) expect(about(app)).toEqual(about(first));
    expect(about(first).length).toBeGreaterThan(5);
  });

  it.each(APPS)('of %s are those of the option for the operator in Kubernetes', (app) => {
    const rule = parse(readFileSync(join(kubernetesFolder, 'components/monitoring', app, 'alerts.yaml'), 'utf8')) as { spec: unknown };
    expect(rule.spec).toEqual(files.get(app));
  });
});

describe('dashboards', () => {
  const all = [...dashboards()];

  it('show metrics that there are', () => {
    const problems = all.flatMap(([file, { panels }]) =>
      panels.flatMap(({ title, targets }) => targets.flatMap(({ expr }) => unknownIn(expr, metrics).map((problem) => `${file}, ${title}: ${problem}`))),
    );
    expect(problems).toEqual([]);
    expect(all.map(([file]) => file).sort()).toEqual(['api', 'hierarchy', 'launchpad', 'overview', 'sql-metadata', 'workers']);
  });

  it('have panels with something in them, and names of their own', () => {
    expect(new Set(all.map(([, { uid }]) => uid)).size).toBe(all.length);
    for (const [file, { panels }] of all) {
      expect([file, panels.filter(({ targets }) => targets.length === 0)]).toEqual([file, []]);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      expect(panels.length).toBeGreaterThan(5);
    }
  });

  it('show every metric of ours that is no detail of another', () => {
    const shown = new Set(all.flatMap(([, { panels }]) => panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))).join(' ').match(/tributary_\w+/g));
    const unseen = metrics.filter(({ name }) => name.startsWith('tributary_') && ![...shown].some((series) => series.startsWith(name)));
    expect(unseen.map(({ name }) => name)).toEqual([]);
  });

  it('are provisioned by compose, whose Prometheus reads the alerts and calls each app by its name', () => {
    const compose = parse(read('docker-compose.yml')) as { services: Record<string, { volumes: string[] }> };
    expect(compose.services['grafana']?.volumes).toContain('./deploy/observability/dashboards:/var/lib/tributary/dashboards:ro');
    expect(read('deploy/compose/observability/grafana/dashboards/tributary.yaml')).toContain('/var/lib/tributary/dashboards');
    expect(compose.services['prometheus']?.volumes).toContain('./deploy/observability/alerts:/etc/prometheus/alerts:ro');
    const prometheus = parse(read('deploy/compose/observability/prometheus.yaml')) as { rule_files: string[]; scrape_configs: { job_name: string }[] };
    expect(prometheus.rule_files).toEqual(['/etc/prometheus/alerts/*.yaml']);
    expect(prometheus.scrape_configs.map(({ job_name }) => job_name)).toEqual(expect.arrayContaining([...APPS]));
  });
});
