// Writes the JSON Schemas, typedefs and documentation of the entities: npx nx run transformers:generate
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { generatedFiles } = require('./src/atlas/model/generated-files.ts');

for (const [path, text] of Object.entries(generatedFiles())) {
  const file = join(__dirname, '../..', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
