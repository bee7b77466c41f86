import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SecretScrubber } from '@tributary/common';
import Fastify, { type FastifyInstance } from 'fastify';
import { addSecurityHeaders } from '../plugins/security-headers.js';
import { answerErrors } from '../problems/error-handler.js';
import { answerUnknownRoutes } from '../problems/not-found.js';
import { serveSites } from './serve-sites.js';

let folder: string;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sites-'));
  const files = {
    'secret.txt': 'nobody’s business',
    'dashboard/index.html': '<!doctype html><title>dashboard</title>',
    'dashboard/assets/main-ABC123.js': 'start();',
    'dashboard/assets/.hidden.js': 'hidden',
    'docs/index.html': '<!doctype html><title>docs</title>',
    'docs/errors.html': '<!doctype html><title>errors</title>',
    'docs/guides/first.html': '<!doctype html><title>first</title>',
    'docs/guides/index.html': '<!doctype html><title>guides</title>',
    'docs/.git/config': 'hidden',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await writeFile(join(folder, 'dashboard/assets/main-ABC123.js.gz'), gzipSync('start();'));
  app = Fastify();
  answerErrors(app, new SecretScrubber(), 1_000);
  addSecurityHeaders(app);
  answerUnknownRoutes(app);
  await serveSites(app, { dashboard: join(folder, 'dashboard'), docs: join(folder, 'docs') });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** A request whose path goes out as it stands: fetch would tidy it. */
function raw(path: string, header = 'accept: */*'): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${header}\r\nconnection: close\r\n\r\n`));
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('end', () => { resolve(text); });
    socket.on('error', reject);
  });
}

describe('the dashboard', () => {
  it('is served at /, is asked for each time, and may load nothing but its own files', async () => {
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>dashboard');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    const policy = page.headers.get('content-security-policy') ?? '';
    for (const directive of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('has files that browsers keep for ever, compressed where they take it', async () => {
    const file = `${url}/assets/main-ABC123.js`;
    const [plain, compressed] = await Promise.all([
      fetch(file, { headers: { 'accept-encoding': 'identity' } }),
      fetch(file, { headers: { 'accept-encoding': 'gzip' } }),
    ]);
    expect(await plain.text()).toBe('start();');
    expect(await compressed.text()).toBe('start();');
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(compressed.headers.get('content-type')).toContain('javascript');
    expect(compressed.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });
});

describe('the documentation', () => {
  it('is served below /docs/, folders by their index', async () => {
    expect(await (await fetch(`${url}/docs`)).text()).toContain('<title>docs');
    expect(await (await fetch(`${url}/docs/errors.html`)).text()).toContain('<title>errors');
    expect(await (await fetch(`${url}/docs/guides/`)).text()).toContain('<title>guides');
    const page = await fetch(`${url}/docs/guides/first.html`);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await raw('/docs/guides/first.html', `if-none-match: ${page.headers.get('etag') ?? ''}`)).toMatch(/^HTTP\/1\.1 304 /);
  });
});

it.each([
  '/assets/none.js',
  '/assets/.hidden.js',
  '/assets/..%2findex.html',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/main-ABC123.js%00',
  '/docs/none.html',
  '/docs/.git/config',
  '/docs/guides',
  '/docs/../secret.txt',
  '/docs/..%2fsecret.txt',
  '/docs/%2e%2e/%2e%2e/secret.txt',
  '/docs/..%5csecret.txt',
  '/docs//etc/passwd',
  '/index.html',
])('serves nothing for %s', async (path) => {
  const answer = await raw(path);
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(answer).toContain('"API_ROUTE_UNKNOWN"');
  expect(answer).not.toContain('business');
});

it('says how to build what is not there', async () => {
  const bare = Fastify();
  await serveSites(bare, { dashboard: join(folder, 'none'), docs: join(folder, 'none') });
  const address = await bare.listen({ host: '127.0.0.1', port: 0 });
  for (const [path, command] of [['/', 'nx build dashboard'], ['/docs/', 'nx build docs']] as const) {
    const answer = await fetch(`${address}${path}`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await answer.text()).toContain(command);
  }
  await bare.close();
});
