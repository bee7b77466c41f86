// Writes the generated files of the Launchpad client: npx nx run clients:generate-launchpad
// With a WADL file (curl -H 'Accept: application/vnd.sun.wadl+xml' https://api.launchpad.net/devel/ > devel.wadl) it makes
// the service description anew first: npx nx run clients:generate-launchpad --args=/path/to/devel.wadl
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { descriptionFile, generatedFiles } = require('./src/launchpad/service-description/generated-files.ts');

const folder = join(__dirname, 'src/launchpad/service-description');
const wadl = process.argv[2];
if (wadl !== undefined) writeFileSync(join(folder, 'devel.json'), descriptionFile(readFileSync(wadl, 'utf8')));
const description = JSON.parse(readFileSync(join(folder, 'devel.json'), 'utf8'));
for (const [name, text] of Object.entries(generatedFiles(description))) writeFileSync(join(folder, name), text);
