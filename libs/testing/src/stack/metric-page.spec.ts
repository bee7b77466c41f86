import { parseMetricPage } from './metric-page.js';

it('tells the metrics of a page, whatever their labels hold', () => {
  const page = [
    '# HELP a_total As.',
    '# TYPE a_total counter',
    'a_total{route="/x{y}",said="\\"b=\\"c\\",d=\\"e"} 3',
    '# HELP wait_seconds How long.',
    '# TYPE wait_seconds histogram',
    'wait_seconds_bucket{kind="k",le="+Inf"} 1',
    'wait_seconds_sum{kind="k"} 1.5',
    'wait_seconds_count{kind="k"} 1',
    '# HELP unused Nothing yet.',
    '# TYPE unused gauge',
    'bare 1e3',
    '',
  ].join('\n');
  expect(parseMetricPage(page)).toEqual([
    { name: 'a_total', type: 'counter', help: 'As.', labels: ['route', 'said'] },
    { name: 'wait_seconds', type: 'histogram', help: 'How long.', labels: ['kind'] },
    { name: 'unused', type: 'gauge', help: 'Nothing yet.', labels: [] },
    { name: 'bare', type: 'untyped', help: '', labels: [] },
  ]);
});
