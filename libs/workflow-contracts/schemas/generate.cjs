// Writes the JSON Schema files of this folder: npm run generate-schemas --workspace @tributary/workflow-contracts
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { schemaFiles } = require('@tributary/workflow-contracts/schemas');

for (const [name, text] of schemaFiles()) writeFileSync(join(__dirname, name), text);
