import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.js';

const DEFINITION = /metrics\s*\.\s*(counter|gauge|histogram)\(\{\s*name: '(\w+)'/g;

/** Names under which the metrics of the apps are published; of histograms also those of their parts. */
export function findMetricNames(): Set<string> {
  const files = globSync('{apps,libs}/*/src/**/*.ts', { cwd: workspaceRoot }).filter((path) => !path.endsWith('.spec.ts'));
  const names = files.flatMap((path) =>
    [...readFileSync(join(workspaceRoot, path), 'utf8').matchAll(DEFINITION)].flatMap(([, kind, name = '']) => {
      const full = `tributary_${name}`;
      return kind === 'histogram' ? [`${full}_bucket`, `${full}_sum`, `${full}_count`] : [full];
    }),
  );
  return new Set(names);
}
