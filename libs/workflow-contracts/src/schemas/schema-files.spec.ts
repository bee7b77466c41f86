import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { schemaFiles } from './index.js';

const FOLDER = join(__dirname, '..', '..', 'schemas');

describe('the committed JSON Schema files', () => {
  it('are what the schemas generate; if not: npm run generate-schemas --workspace @tributary/workflow-contracts', () => {
    const committed = readdirSync(FOLDER).filter((name) => name.endsWith('.schema.json'));
    expect(committed.sort()).toEqual([...schemaFiles().keys()].sort());
    for (const [name, text] of schemaFiles()) expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(text);
  });

  it.each([...schemaFiles()])('%s compiles in a strict validator of draft 2020-12 without plug-ins', (_, text) => {
    expect(() => new Ajv({ strict: true }).compile(JSON.parse(text) as object)).not.toThrow();
  });
});
