import { ENTITY_TYPES, type EntityType } from '@tributary/workflow-contracts/sql-metadata';
import type { AttributeModels, AttributeType, EntityModel } from './attribute.js';
import { commonAttributes, inSchema, ofRelation } from './common.js';
import { ENTITY_MODELS } from './entity-models.js';

// Attributes that the super type has.
const INHERITED: ReadonlySet<string> = new Set(
  Object.keys({ ...commonAttributes, ...inSchema, ...ofRelation }).concat('sourceOwners').filter((name) => typeof typeOf(ofRelation, name) !== 'object'),
);

type TypeDefinition = Readonly<Record<string, unknown>>;

/** Atlas type definitions of the entity types that Atlan's own model lacks; POST them to /api/atlas/v2/types/typedefs. */
export function typeDefinitions(): TypeDefinition {
  const own = ENTITY_TYPES.filter((typeName) => !ENTITY_MODELS[typeName].standard);
  return {
    entityDefs: own.map((typeName) => entityDefinition(typeName, ENTITY_MODELS[typeName])),
    relationshipDefs: own.flatMap((typeName) => relationshipDefinitions(typeName, ENTITY_MODELS[typeName])),
  };
}

function entityDefinition(typeName: EntityType, model: EntityModel): TypeDefinition {
  const attributeDefs = Object.entries(model.attributes)
    .filter(([name, { type }]) => !model.superType && typeof type !== 'object' && !INHERITED.has(name))
    .map(([name, { type, required, description }]) => ({
      name,
      description,
      typeName: type,
      isOptional: !required,
      cardinality: type === 'array<string>' ? 'LIST' : 'SINGLE',
      isUnique: false,
      isIndexable: false,
    }));
  return { category: 'ENTITY', name: typeName, description: model.description, typeVersion: '1.0', superTypes: [model.superType ?? 'SQL'], attributeDefs };
}

function relationshipDefinitions(typeName: EntityType, model: EntityModel): TypeDefinition[] {
  if (model.superType) return [];
  return Object.entries(model.attributes).flatMap(([name, { type, description }]) =>
    typeof type !== 'object' ? [] : type.reference.map((target) => relationshipDefinition(typeName, name, target, type.many ?? false, description)),
  );
}

function relationshipDefinition(from: EntityType, attribute: string, to: EntityType, many: boolean, description: string): TypeDefinition {
  const back = `${from.charAt(0).toLowerCase()}${from.slice(1)}_${attribute}`;
  return {
    category: 'RELATIONSHIP',
    name: `${from}_${attribute}_${to}`,
    description,
    typeVersion: '1.0',
    relationshipCategory: 'ASSOCIATION',
    propagateTags: 'NONE',
    endDef1: { type: to, name: back, isContainer: false, cardinality: 'SET' },
    endDef2: { type: from, name: attribute, isContainer: false, cardinality: many ? 'SET' : 'SINGLE' },
  };
}

function typeOf(models: AttributeModels, name: string): AttributeType | undefined {
  return models[name]?.type;
}
