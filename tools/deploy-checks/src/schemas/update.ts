import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { reachable, strict, type Schema } from './strict-schema.js';
import { CUSTOM_RESOURCES, KINDS, KUBERNETES_VERSIONS } from './versions.js';

// Writes schemas/: `npx nx run deploy-checks:schemas`. Everything comes out of the projects' Go modules.
const FOLDER = join(__dirname, '..', '..', 'schemas');

function moduleFolder(module: string, version: string): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${module}@v${version}`], { cwd: tmpdir(), encoding: 'utf8' });
  return (JSON.parse(answer) as { Dir: string }).Dir;
}

function write(name: string, schemas: object): void {
  writeFileSync(join(FOLDER, name), `${JSON.stringify(schemas)}\n`);
  console.log(`Wrote schemas/${name}`);
}

for (const version of KUBERNETES_VERSIONS) {
  const swagger = join(moduleFolder('k8s.io/kubernetes', version), 'api/openapi-spec/swagger.json');
  const { definitions } = JSON.parse(readFileSync(swagger, 'utf8')) as { definitions: Record<string, Schema> };
  const kinds: Record<string, string> = {};
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version: apiVersion, kind } of (definition['x-kubernetes-group-version-kind'] as Gvk[] | undefined) ?? []) {
      if (KINDS.has(kind)) kinds[`${group === '' ? '' : `${group}/`}${apiVersion}/${kind}`] = name;
    }
  }
  write(`kubernetes-${version.split('.').slice(0, 2).join('.')}.json`, { version, kinds, definitions: reachable(definitions, Object.values(kinds)) });
}

interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

interface ResourceDefinition {
  readonly spec: { readonly group: string; readonly names: { readonly kind: string }; readonly versions: { readonly name: string; readonly schema: { readonly openAPIV3Schema: unknown } }[] };
}

const custom: Record<string, unknown> = {};
for (const { module, version, files } of CUSTOM_RESOURCES) {
  const folder = moduleFolder(module, version);
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'))) {
      const definition = document.toJS() as ResourceDefinition | null;
      for (const { name, schema } of definition?.spec.versions ?? []) {
        custom[`${definition?.spec.group ?? ''}/${name}/${definition?.spec.names.kind ?? ''}`] = withMetadata(strict(schema.openAPIV3Schema) as Schema);
      }
    }
  }
}
write('custom-resources.json', { kinds: custom });

/** Definitions of custom resources leave their metadata to the server. */
function withMetadata(schema: Schema): Schema {
  return { ...schema, properties: { ...(schema['properties'] as Schema), metadata: { type: 'object', required: ['name'] } } };
}
