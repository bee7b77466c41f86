import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace.js';

const ROW = /^\| [^|]+ \| ([\d.]+)( ms| MB)? \| `([\w.-]+\.json)` \| `([^`]+)` \|$/gm;

it('keeps the figures of the sizing guide within a factor of two of the results that it names', () => {
  const guide = readFileSync(join(workspaceRoot, 'docs/guides/sizing.md'), 'utf8');
  const rows = [...guide.matchAll(ROW)];
  expect(rows).toHaveLength(guide.match(/^\|.*`\w[\w.-]*\.json` \| `/gm)?.length ?? 0);
  expect(rows.length).toBeGreaterThan(10);
  const apart = rows.filter(([, figure, unit, file = '', path = '']) => {
    const measured = valueAt(JSON.parse(readFileSync(join(workspaceRoot, 'tools/bench/results', file), 'utf8')), path);
    const ratio = (Number(figure) * (unit === ' MB' ? 2 ** 20 : 1)) / measured;
    return !(ratio > 0.5 && ratio < 2);
  });
  expect(apart.map(([row]) => row)).toEqual([]);
});

function valueAt(document: unknown, path: string): number {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  return Number(steps.reduce((place, step) => (place as Record<string, unknown> | undefined)?.[step], document));
}
