/** A file that ESLint is to judge, and the rule it breaks; `undefined` where it breaks none. */
export interface Snippet {
  readonly path: string;
  readonly code: string;
  readonly rule?: string;
}

const WORKFLOW = 'libs/sql-metadata/src/workflows/snippet.ts';
const INTERCEPTOR = 'libs/worker-host/src/workflow-interceptors/snippet.ts';
const CONTRACT = 'libs/workflow-contracts/src/sql-metadata/snippet.ts';
const SCHEMA = 'libs/workflow-contracts/src/schemas/snippet.ts';
const BOUNDARY = '@nx/enforce-module-boundaries';
const IMPORT = '@typescript-eslint/no-restricted-imports';
const GLOBAL = 'no-restricted-globals';
const SYNTAX = 'no-restricted-syntax';

const use = (module: string): string => `import { x } from '${module}';\nexport const y: unknown = x;\n`;
const useType = (module: string): string => `import type { X } from '${module}';\nexport type Y = X;\n`;

/** Every way out of the sandbox that lint must close. */
export const impure: readonly Snippet[] = [
  ...['node:fs', 'fs', 'fs/promises', 'node:crypto', 'util', '@temporalio/client', '@temporalio/activity', 'pg', 'kysely'].map(
    (module) => ({ path: WORKFLOW, code: use(module), rule: IMPORT }),
  ),
  ...['@tributary/clients', '@tributary/clients/sql', 'pino', 'prom-client', 'ajv', 'ajv/dist/2020.js', 'zod'].map((module) => ({
    path: WORKFLOW,
    code: use(module),
    rule: IMPORT,
  })),
  ...['@tributary/common/config', '@tributary/common/logging', '@tributary/workflow-contracts/schemas'].map((module) => ({
    path: WORKFLOW,
    code: use(module),
    rule: IMPORT,
  })),
  { path: INTERCEPTOR, code: use('node:async_hooks'), rule: IMPORT },
  { path: 'apps/sql-metadata-worker/src/workflows.ts', code: use('node:fs'), rule: IMPORT },
  { path: CONTRACT, code: use('@sinclair/typebox'), rule: IMPORT },
  { path: CONTRACT, code: `export { Type } from '@sinclair/typebox';\n`, rule: IMPORT },
  { path: SCHEMA, code: use('node:fs'), rule: IMPORT },
  { path: 'libs/common/src/snippet.ts', code: use('node:util'), rule: IMPORT },
  { path: 'libs/transformers/src/atlas/snippet.ts', code: use('node:fs'), rule: IMPORT },
  ...['performance.now()', 'crypto.randomUUID()', 'process.env', 'Buffer.from([])', 'setInterval(() => {}, 1)', 'new WeakRef({})'].map(
    (code) => ({ path: WORKFLOW, code: `export const x: unknown = ${code};\n`, rule: GLOBAL }),
  ),
  ...['new Date().getHours()', '(1.5).toLocaleString()', "'a'.localeCompare('b')", "import('./other.js')"].map((code) => ({
    path: WORKFLOW,
    code: `export const x: unknown = ${code};\n`,
    rule: SYNTAX,
  })),
  { path: WORKFLOW, code: 'export const x = (f: () => void): void => f();\n@x\nexport class A {}\n', rule: SYNTAX },
];

/** Every wrong direction between the projects that lint must close. */
export const misdirected: readonly Snippet[] = [
  ['libs/clients/src/snippet.ts', '@tributary/sql-metadata'],
  ['libs/clients/src/snippet.ts', '@tributary/worker-host'],
  ['libs/common/src/config/snippet.ts', '@tributary/workflow-contracts'],
  ['libs/transformers/src/atlas/snippet.ts', '@tributary/clients'],
  ['libs/worker-host/src/snippet.ts', '@tributary/sql-metadata'],
  ['libs/worker-host/src/snippet.ts', '@tributary/transformers'],
  ['libs/workflow-contracts/src/sql-metadata/snippet.ts', '@tributary/transformers'],
  ['libs/workflow-contracts/src/schemas/snippet.ts', '@tributary/sql-metadata'],
  ['libs/sql-metadata/src/activities/snippet.ts', '@tributary/testing'],
  ['libs/sql-metadata/src/activities/snippet.ts', '@tributary/dev'],
  ['apps/sql-metadata-worker/src/snippet.ts', '@tributary/testing'],
  ['libs/sql-metadata/src/activities/snippet.ts', '../../../clients/src/ports.js'],
].map(([path, module]) => ({ path: path!, code: use(module!), rule: BOUNDARY }));

/** What the same rules must leave alone. */
export const allowed: readonly Snippet[] = [
  [WORKFLOW, use('@temporalio/workflow')],
  [WORKFLOW, use('@tributary/common')],
  [WORKFLOW, use('@tributary/workflow-contracts/sql-metadata')],
  [WORKFLOW, useType('node:stream')],
  [WORKFLOW, useType('@tributary/clients')],
  [WORKFLOW, 'export const x: unknown = [Date.now(), Math.random(), new Date().toISOString()];\n'],
  [INTERCEPTOR, use('@temporalio/interceptors-opentelemetry-v2')],
  [CONTRACT, useType('@sinclair/typebox')],
  [SCHEMA, use('@sinclair/typebox')],
  ['libs/sql-metadata/src/activities/snippet.ts', use('node:fs') + use('@tributary/clients/sql').replaceAll(/\bx\b/g, 'z').replace('y:', 'w:')],
  ['libs/sql-metadata/src/activities/snippet.ts', use('@tributary/transformers/atlas')],
  ['libs/sql-metadata/src/workflows/snippet.spec.ts', use('@tributary/testing')],
  ['libs/clients/src/snippet.spec.ts', use('@tributary/testing/conformance')],
  ['libs/common/src/logging/snippet.ts', use('pino')],
  ['libs/worker-host/src/snippet.ts', use('@tributary/clients/temporal')],
  ['libs/testing/src/snippet.ts', use('@tributary/dev/servers')],
  ['apps/sql-metadata-worker/src/snippet.ts', use('@tributary/worker-host')],
].map(([path, code]) => ({ path: path!, code: code! }));
