// Writes the JSON Schemas, typedefs and documentation of the entities, and the schema of the events: npx nx run transformers:generate
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const atlas = require('./src/atlas/model/generated-files.ts');
const launchpad = require('./src/launchpad/catalogue/generated-files.ts');

for (const [path, text] of Object.entries({ ...atlas.generatedFiles(), ...launchpad.generatedFiles() })) {
  const file = join(__dirname, '../..', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
