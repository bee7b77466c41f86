import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.js';

const root = join(__dirname, '../../../../..');

it.each(Object.entries(generatedFiles()))('%s is up to date (else: npx nx run transformers:generate)', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});
