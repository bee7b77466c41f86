import type { EventDefinition } from './definition.js';
import { EVENT_CATALOGUE } from './index.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/** JSON Schema (2020-12) of the events that are made of Launchpad's records, as they stand in the events table. */
export function eventSchema(): JsonSchema {
  const types = Object.entries(EVENT_CATALOGUE);
  const fields: JsonSchema = {
    id: { type: 'string', minLength: 1, description: 'Made of Launchpad’s own ids; the same in every run' },
    parent_id: { type: 'string', minLength: 1, description: 'What it happened to: `bug-1`, `mp-505857`' },
    week: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Monday of the week in UTC' },
    employee_id: { type: ['string', 'null'], description: 'Who did it; null where Launchpad does not say' },
    type: { enum: types.map(([type]) => type), description: 'What happened' },
    time_utc: {
      type: 'string',
      pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$',
      description: 'When, in UTC, to the microsecond',
    },
    source_kind_id: { const: 'launchpad', description: 'The kind of source' },
    relation_properties: { type: 'object', description: 'What belongs to an event of this type' },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:tributary:event:launchpad',
    title: 'Event of Launchpad',
    type: 'object',
    properties: fields,
    required: Object.keys(fields),
    additionalProperties: false,
    allOf: types.map(([type, definition]) => ({
      if: { type: 'object', properties: { type: { const: type } }, required: ['type'] },
      then: { type: 'object', properties: { relation_properties: propertiesSchema(definition) } },
    })),
  };
}

function propertiesSchema({ when, properties, required, people }: EventDefinition): JsonSchema {
  const persons = Object.entries(people).map(([name, what]) => [name, { type: ['string', 'null'], description: `${what}: an employee id` }] as const);
  return {
    type: 'object',
    description: when,
    properties: { ...properties, ...Object.fromEntries(persons) },
    required: [...required, ...Object.keys(people)],
    additionalProperties: false,
  };
}
