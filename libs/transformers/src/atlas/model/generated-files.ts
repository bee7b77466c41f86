import { ENTITY_TYPES } from '@tributary/workflow-contracts/sql-metadata';
import { entitiesPage } from './documentation.js';
import { entitySchema } from './json-schema.js';
import { typeDefinitions } from './typedefs.js';

const SCHEMAS = 'libs/transformers/src/atlas/schemas';

/** Texts of the files that are generated from the entity models, by path from the root of the repository. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const schemas = ENTITY_TYPES.map((typeName) => [`${SCHEMAS}/${typeName}.schema.json`, json(entitySchema(typeName))] as const);
  return {
    ...Object.fromEntries(schemas),
    [`${SCHEMAS}/typedefs.json`]: json(typeDefinitions()),
    'docs/entities.md': entitiesPage(),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
