import type { Field, Relation } from '@tributary/stateful-workflow';
import type { ChoiceField, EntityShape, ListField, NumberField, ObjectField, RecordField, Shape, TextField } from '@tributary/stateful-workflow';

/** A JSON Schema that stands by itself. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const ID = { type: 'string', minLength: 1, maxLength: 200, description: 'No control characters.' };

/** JSON Schema of the values of a field. */
export function fieldSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case 'key':
      return ID;
    case 'text': {
      const { min, max } = field as TextField;
      return { type: 'string', ...(min > 0 ? { minLength: min } : {}), maxLength: max };
    }
    case 'number':
      return numberSchema(field as NumberField);
    case 'boolean':
      return { type: 'boolean' };
    case 'instant':
      return { type: 'string', format: 'date-time', description: 'In UTC: 2026-11-21T08:00:00Z.' };
    case 'choice':
      return { type: 'string', enum: [...(field as ChoiceField).values] };
    case 'list': {
      const { items, max } = field as ListField;
      return { type: 'array', items: fieldSchema(items), maxItems: max };
    }
    case 'object':
      return objectSchema((field as ObjectField).shape);
    case 'record': {
      const { values, max } = field as RecordField;
      return { type: 'object', additionalProperties: fieldSchema(values), maxProperties: max };
    }
    case 'json':
      return {};
  }
}

/** JSON Schema of an entity as it comes in: its fields, and its relations as ids or as entities. */
export function entitySchema(shape: EntityShape): JsonSchema {
  const parts = Object.entries(shape) as [string, Field | Relation][];
  const properties = parts.map(([name, part]) => [name, 'kind' in part ? fieldSchema(part) : relationSchema(part)] as const);
  const required = parts.flatMap(([name, part]) => ('kind' in part && part.optional !== true ? [name] : []));
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}

function objectSchema(shape: Shape): JsonSchema {
  const required = Object.entries(shape).flatMap(([name, { optional }]) => (optional === true ? [] : [name]));
  const properties = Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, fieldSchema(field)]));
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function relationSchema({ relation, target }: Relation): JsonSchema {
  const related = { anyOf: [ID, { type: 'object' }], description: `Id of a ${target}, or the ${target} itself.` };
  return relation === 'one' ? related : { type: 'array', items: related };
}

function numberSchema({ integer, min, max }: NumberField): JsonSchema {
  const bound = integer ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  return {
    type: integer ? 'integer' : 'number',
    ...(min > -bound ? { minimum: min } : {}),
    ...(max < bound ? { maximum: max } : {}),
  };
}
