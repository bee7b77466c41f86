import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from './version.js';

it('is the version of the workspace', () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string };
  expect(version).toBe(manifest.version);
});
