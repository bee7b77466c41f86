import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectPages } from './project-pages.js';
import { renderSite } from './write-site.js';

const EXAMPLE = join(__dirname, '..', 'testdata', 'example-worker');

let files: Map<string, string>;

beforeAll(async () => {
  const { name, version, pages } = await projectPages(EXAMPLE);
  files = await renderSite({ name, version, root: EXAMPLE, pages });
});

const text = (path: string): string => (files.get(path) ?? '').replace(/<[^>]+>/g, '').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replace(/\s+/g, ' ');

it('makes pages of what a worker has: its own texts, errors, configuration, workflow types and HTTP API', () => {
  expect([...files.keys()].filter((path) => path.endsWith('.html')).sort()).toEqual([
    'configuration.html',
    'errors.html',
    'files/src/contracts.ts.html',
    'how-to.html',
    'http-api.html',
    'http-api/greetings.html',
    'http-api/schemas.html',
    'index.html',
    'workflow-types.html',
  ]);
  expect(files.get('index.html')).toContain('<title>greetings-worker documentation</title>');
  expect(files.get('index.html')).toContain('href="errors.html#greeting_refused"');
  expect(text('errors.html')).toContain('Greet somebody else.');
  expect(text('configuration.html')).toContain('TRIBUTARY_LOG_LEVEL');
});

it('tells of a workflow type its queue, its input with an example, its result, and how to start it', () => {
  const page = text('workflow-types.html');
  expect(page).toContain('Task queue: greetings');
  expect(page).toContain('name string always Whom to greet.');
  expect(page).toContain('text string always');
  expect(page).toContain(`temporal workflow start --type greet --task-queue greetings --input '{"name":"Ada"}'`);
});

it('tells of an operation who may call it, what it takes and answers, with a request that a shell understands', () => {
  const page = text('http-api/greetings.html');
  expect(page).toContain('PUT /greetings/{name}');
  expect(page).toContain('Who may call it: role operator.');
  expect(page).toContain('tone warm, cool Default: "warm".');
  expect(page).toContain(`It'"'"'s you`);
  expect(files.get('http-api/greetings.html')).toContain('href="schemas.html#greeting"');
  expect(files.get('http-api.html')).toContain('href="http-api/greetings.html#greet-somebody"');
});

it('refuses a folder in which there is nothing to tell of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docgen-'));
  await expect(projectPages(folder)).rejects.toThrow('has no README.md');
  rmSync(folder, { recursive: true });
});
