import { Metrics } from './index.js';

describe('Metrics', () => {
  it('renders counters, gauges and histograms under our prefix', async () => {
    const metrics = new Metrics();
    metrics.counter({ name: 'rows_total', help: 'Rows.', labels: ['kind'] }).inc({ kind: 'table' }, 3);
    metrics.gauge({ name: 'open', help: 'Open.' }).set({}, 2);
    metrics.histogram({ name: 'wait_seconds', help: 'Wait.', buckets: [1, 5] }).observe({}, 3);
    const text = await metrics.render();
    expect(text).toContain('tributary_rows_total{kind="table"} 3');
    expect(text).toContain('tributary_open 2');
    expect(text).toContain('tributary_wait_seconds_bucket{le="5"} 1');
  });

  it('gives the metric that is there when it is defined again', async () => {
    const metrics = new Metrics();
    const define = () => metrics.counter({ name: 'rows_total', help: 'Rows.' });
    define().inc({});
    define().inc({});
    expect(await metrics.render()).toContain('tributary_rows_total 2');
  });

  it('lets a label take a hundred values and counts what comes after as other', async () => {
    const metrics = new Metrics();
    const counter = metrics.counter({ name: 'rows_total', help: 'Rows.', labels: ['kind'] });
    for (let index = 0; index < 150; index++) counter.inc({ kind: `k${index}` });
    counter.inc({ kind: 'k7' });
    const text = await metrics.render();
    expect(text.match(/^tributary_rows_total\{/gm)).toHaveLength(101);
    expect(text).toContain('tributary_rows_total{kind="other"} 50');
    expect(text).toContain('tributary_rows_total{kind="k7"} 2');
  });

  it('reads a gauge anew at each scrape, and forgets what is not told any more', async () => {
    const metrics = new Metrics();
    let waiting: [{ kind: string }, number][] = [[{ kind: 'a' }, 1], [{ kind: 'b' }, 2]];
    metrics.readGauge({ name: 'waiting', help: 'Waiting.', labels: ['kind'], read: () => waiting });
    expect(await metrics.render()).toContain('tributary_waiting{kind="b"} 2');
    waiting = [[{ kind: 'a' }, 5]];
    const text = await metrics.render();
    expect(text).toContain('tributary_waiting{kind="a"} 5');
    expect(text).not.toContain('kind="b"');
    metrics.readGauge({ name: 'waiting', help: 'Waiting.', read: () => [[{}, 7]] });
    expect(await metrics.render()).toContain('tributary_waiting 7');
  });

  it('adds the metrics of the process once', async () => {
    const metrics = new Metrics();
    metrics.collectProcess();
    metrics.collectProcess();
    expect(await metrics.render()).toMatch(/^process_resident_memory_bytes \d/m);
  });
});
