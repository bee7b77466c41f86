import type { EntityType } from '@tributary/workflow-contracts/sql-metadata';
import type { AttributeModels, AttributeType } from './attribute.js';
import { ENTITY_MODELS } from './entity-models.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema (2020-12) of the entities of a type. */
export function entitySchema(typeName: EntityType): JsonSchema {
  const model = ENTITY_MODELS[typeName];
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:tributary:atlas:${typeName}`,
    title: typeName,
    description: model.description,
    ...objectOf({
      typeName: { const: typeName },
      status: { const: 'ACTIVE' },
      attributes: attributesSchema(model.attributes),
      customAttributes: attributesSchema(model.customAttributes),
    }),
  };
}

function attributesSchema(models: AttributeModels): JsonSchema {
  const entries = Object.entries(models);
  const properties = entries.map(([name, { type, description }]) => [name, { description, ...typeSchema(type, name) }] as const);
  const mandatory = entries.filter(([, model]) => model.required).map(([name]) => name);
  return objectOf(Object.fromEntries(properties), mandatory);
}

function typeSchema(type: AttributeType, name: string): JsonSchema {
  if (typeof type === 'object') {
    const reference = objectOf({
      typeName: { enum: type.reference },
      attributes: { type: 'object', maxProperties: 0 },
      uniqueAttributes: objectOf({ qualifiedName: { type: 'string', minLength: 1 } }),
    });
    return type.many ? { type: 'array', items: reference } : reference;
  }
  switch (type) {
    case 'string':
      return name === 'name' || name === 'qualifiedName' ? { type: 'string', minLength: 1 } : { type: 'string' };
    case 'array<string>':
      return { type: 'array', items: { type: 'string' } };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'integer', minimum: 0 };
    default:
      return name === 'numericScale' ? { type: 'integer' } : { type: 'integer', minimum: 0 };
  }
}

function objectOf(properties: JsonSchema, mandatory = Object.keys(properties)): JsonSchema {
  return { type: 'object', properties, required: mandatory, additionalProperties: false };
}
