import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.js';

const root = join(__dirname, '../../../../..');

describe('generated files', () => {
  it.each(Object.entries(generatedFiles()))('%s is up to date (else: npx nx run transformers:generate)', (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  });

  it('leave no schema behind of a type that is gone', () => {
    const schemas = readdirSync(join(__dirname, '../schemas')).map((name) => `libs/transformers/src/atlas/schemas/${name}`);
    expect(Object.keys(generatedFiles())).toEqual(expect.arrayContaining(schemas));
  });
});
