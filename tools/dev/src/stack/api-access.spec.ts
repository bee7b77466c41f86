import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiCredentials, apiKey, dashboardLink } from './api-access.js';

let folder: string;
let layout: { apiKey: string };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'api-key-'));
  layout = { apiKey: join(folder, 'api-key.json') };
});
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

it('makes a key that only we may read, and keeps it', () => {
  const key = apiKey(layout);
  expect(key).toMatch(/^trib_[\w-]{43}$/);
  expect(statSync(layout.apiKey).mode & 0o777).toBe(0o600);
  expect(apiKey(layout)).toBe(key);
  expect(dashboardLink('http://127.0.0.1:1', layout)).toBe(`http://127.0.0.1:1/#key=${key}`);
});

it.each(['', '{"key": 1}', '{"key": "short"}'])('makes another in place of a damaged one: %s', (text) => {
  writeFileSync(layout.apiKey, text);
  expect(apiKey(layout)).toMatch(/^trib_/);
});

it('has another token for the sidecar at each start', () => {
  const [first, second] = [apiCredentials(layout), apiCredentials(layout)];
  expect(first.apiKey).toBe(second.apiKey);
  expect(first.appToken).not.toBe(second.appToken);
});
