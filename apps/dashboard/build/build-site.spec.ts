import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildSite } from './build-site.js';

const APP = resolve(__dirname, '..');
const HASHED = /^assets\/[\w-]+-[0-9A-Z]{8}\.(js|css|svg)$/;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('makes a page without inline code, whose files are all there and named by their contents', async () => {
  const site = join(folder, 'site');
  const files = await buildSite(APP, { site });
  const page = readFileSync(join(site, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
  const references = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
  expect(references).toHaveLength(3);
  for (const file of references) expect([file, HASHED.test(file), existsSync(join(site, file))]).toEqual([file, true, true]);
  for (const { file } of files) {
    if (file !== 'index.html') expect(file).toMatch(HASHED);
    expect(gunzipSync(readFileSync(join(site, `${file}.gz`)))).toEqual(readFileSync(join(site, file)));
  }
  const scripts = readdirSync(join(site, 'assets')).filter((name) => name.endsWith('.js'));
  // Nothing that the policy would stop, and nothing of other hosts.
  for (const name of scripts) expect(readFileSync(join(site, 'assets', name), 'utf8')).not.toMatch(/\beval\(|new Function\(|https?:\/\/(?!www\.w3\.org\/)/);
});

it('refuses a page that has outgrown its budget', async () => {
  await expect(buildSite(APP, { site: join(folder, 'large'), budgetBytes: 10_000 })).rejects.toThrow(/the budget is 10000/);
});
