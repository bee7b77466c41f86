import { workflowTypes } from '@tributary/workflow-contracts/schemas';
import Ajv from 'ajv';
import type { JsonSchema } from './json-schema.js';
import { exampleOf } from './schema-example.js';
import { schemaTable } from './schema-table.js';

const table = (schema: JsonSchema) => schemaTable(schema, (name) => `[${name}](#${name})`)?.split('\n').slice(2);

it('lists properties under their paths: of objects, of items, of values by name, of alternatives', () => {
  const schema: JsonSchema = {
    type: 'object',
    required: ['source'],
    properties: {
      source: { type: 'object', required: ['host'], properties: { host: { type: 'string', maxLength: 253 } } },
      rules: { type: 'array', maxItems: 3, items: { $ref: '#/components/schemas/Rule' } },
      lists: { type: 'array', items: { type: 'object', properties: { port: { type: 'integer', minimum: 1, maximum: 9, default: 5 } } } },
      counts: { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } },
      either: { anyOf: [{ type: 'object', properties: { a: { const: 1 } } }, { type: 'null' }] },
    },
  };
  expect(table(schema)).toEqual([
    '| `source` | object | always |  |',
    '| `source.host` | string | always | At most 253 characters. |',
    '| `rules` | list of [Rule](#Rule) |  | At most 3 items. |',
    '| `lists` | list of object |  |  |',
    '| `lists[].port` | integer |  | 1 to 9. Default: `5`. |',
    '| `counts` | integer by name |  |  |',
    '| `either` | object or null |  |  |',
    '| `either.a` | `1` |  |  |',
  ]);
  expect(table({ type: 'string' })).toBeUndefined();
});

it('ends in schemas that hold themselves', () => {
  const tree: JsonSchema = { type: 'object', required: ['next'], properties: { next: { $ref: 'Tree' } } };
  expect(JSON.stringify(exampleOf(tree, () => tree))).toContain('null');
  expect(table(tree)).toHaveLength(1);
});

it.each(workflowTypes.map((type) => [type.type, type] as const))('shows an input of %s that its schema allows', (_name, { input }) => {
  const example = exampleOf(input, () => undefined);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(input);
  validate(example);
  expect(validate.errors ?? []).toEqual([]);
});
