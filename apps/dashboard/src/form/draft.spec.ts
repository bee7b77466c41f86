import { alternatives, changed, finished, withBranch } from './draft.js';
import type { JsonSchema } from './json-schema.js';

const SCHEMA: JsonSchema = {
  type: 'object',
  required: ['source'],
  properties: {
    source: { type: 'object', required: ['type', 'host'], properties: { type: { const: 'postgres' }, host: { type: 'string' }, port: { type: 'integer' } } },
    options: { type: 'object', properties: { raw: { type: 'boolean' }, limits: { type: 'object', properties: { most: { type: 'integer' } } } } },
    rules: { type: 'array', items: { type: 'object', properties: { schema: { type: 'string' } } } },
  },
};

it('fills in what is fixed, and leaves out what was left empty', () => {
  expect(finished(SCHEMA, {})).toEqual({ source: { type: 'postgres' } });
  expect(finished(SCHEMA, { source: { host: 'a', port: undefined }, options: { limits: {} }, rules: [] })).toEqual({ source: { type: 'postgres', host: 'a' } });
  expect(finished(SCHEMA, { source: { host: '' } })).toEqual({ source: { type: 'postgres' } });
  expect(finished(SCHEMA, { options: { limits: { most: 1 } }, rules: [{}] })).toEqual({ source: { type: 'postgres' }, options: { limits: { most: 1 } }, rules: [{}] });
});

it('keeps what the schema does not know, so that the API can say so', () => {
  expect(finished(SCHEMA, { source: { host: 'a' }, more: 1 })).toEqual({ source: { type: 'postgres', host: 'a' }, more: 1 });
});

it('changes one place and makes those on the way', () => {
  expect(changed({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
  expect(changed({ a: { b: 1, c: 2 } }, ['a', 'b'], undefined)).toEqual({ a: { c: 2 } });
  expect(changed({ a: [1, 2, 3] }, ['a', 1], undefined)).toEqual({ a: [1, 3] });
  expect(changed({}, ['a', 0], {})).toEqual({ a: [{}] });
  const before = { a: { b: 1 } };
  changed(before, ['a', 'b'], 2);
  expect(before).toEqual({ a: { b: 1 } });
});

it('takes the branch that fits what is there', () => {
  const schema: JsonSchema = {
    properties: { type: { type: 'string' }, args: { type: 'object' } },
    if: { properties: { type: { const: 'known' } }, required: ['type'] },
    then: { properties: { args: { type: 'object', properties: { a: { type: 'string' } } } } },
  };
  expect(withBranch(schema, { type: 'known' }).properties?.['args']?.properties).toHaveProperty('a');
  expect(withBranch(schema, { type: 'other' }).properties?.['args']?.properties).toBeUndefined();
});

it('knows properties of which exactly one is needed', () => {
  const properties = { a: {}, b: {}, c: {} };
  expect(alternatives({ properties, oneOf: [{ required: ['a'] }, { required: ['b'] }] })).toEqual(['a', 'b']);
  expect(alternatives({ properties, oneOf: [{ required: ['a'] }, { properties: { b: {} } }] })).toEqual([]);
  expect(alternatives({ properties })).toEqual([]);
});
