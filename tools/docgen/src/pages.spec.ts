import { errorDocumentation } from '@tributary/common';
import { EVENT_CATALOGUE } from '@tributary/transformers/launchpad';
import { configurationsOf } from './configuration-page.js';
import { recordedSchemaOf, renderEventsDatabasePage, type RecordedSchema } from './events-database-page.js';
import { renderPages } from './pages.js';
import { findSources, loadModules, readSource } from './workspace.js';

let pages: Record<string, string>;
let recorded: RecordedSchema;

beforeAll(async () => {
  pages = await renderPages();
  recorded = recordedSchemaOf(await loadModules('libs/etl/src/store/schema/current-schema.ts'));
});

it.each(['docs/errors.md', 'docs/configuration.md', 'docs/events.md', 'docs/events-database.md'])('%s is up to date; if not, run `npx nx run docgen:generate`', (path) => {
  expect(readSource(path)).toBe(pages[path]);
});

it('describes every error that any source defines, at the anchor that problem details point to', () => {
  const defined = findSources('{apps,libs,tools}/*/src/**/*.ts').flatMap((path) =>
    [...readSource(path).matchAll(/defineError\(\s*'([A-Z0-9_]+)'/g)].map(([, code = '']) => ({ path, code })),
  );
  expect(defined.length).toBeGreaterThan(20);
  const missing = defined.filter(({ code }) => !pages['docs/errors.md']?.includes(`\n### ${code}\n`));
  expect(missing).toEqual([]);
  expect(pages['docs/errors.md']).toContain(`](${errorDocumentation('CONFIG_INVALID').replace('/docs/errors.html', '')})`);
});

it('describes every variable of every app', () => {
  const apps = findSources('apps/*/src/config.ts').map((path) => path.split('/')[1] ?? '');
  for (const app of apps) expect(pages['docs/configuration.md']).toContain(`\n## ${app}\n`);
  expect(pages['docs/configuration.md']).toContain('| `TEMPORAL_ADDRESS` or `TEMPORAL_HOST` | host:port |');
  expect(pages['docs/configuration.md']).toContain('`MALLOC_ARENA_MAX=2`');
  expect(pages['docs/configuration.md']).toContain('| integer from 0 to 3600000, in ms | `20000` |');
});

it('describes every type of event with an example, and links to it', () => {
  const page = pages['docs/events.md'] ?? '';
  for (const type of Object.keys(EVENT_CATALOGUE)) {
    expect(page).toContain(`\n### ${type}\n`);
    expect(page).toContain(`[${type}](#${type.replace('.', '')})`);
    expect(page).toContain(`"type": "${type}"`);
  }
  expect(page).not.toMatch(/alice|zoe/);
});

it('describes every table of the events database, and refuses a module that records none', () => {
  const described = { description: 'Ours', columns: {}, indexes: [], constraints: [] };
  const schema = recordedSchemaOf([{ path: 'x.ts', exports: { CURRENT_SCHEMA: { ...recorded, added: described } } }]);
  const page = renderEventsDatabasePage(schema);
  for (const table of Object.keys(schema)) expect(page).toContain(`\n### ${table}\n`);
  expect(() => recordedSchemaOf([{ path: 'x.ts', exports: {} }])).toThrow('x.ts exports no CURRENT_SCHEMA');
  expect(() => renderEventsDatabasePage({})).toThrow('table events that there is not');
});

it('refuses an app without a schema', () => {
  const app = { path: 'apps/x/src/config.ts', exports: {} };
  expect(() => configurationsOf([app], () => '{}')).toThrow('apps/x/src/config.ts exports no configSchema');
});
