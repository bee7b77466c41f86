import fc from 'fast-check';
import { RESERVED_SEGMENTS, decodeSegment, encodeSegment, formatQualifiedName, parseQualifiedName, type NamedObject } from './qualified-name.js';

const CONNECTION = 'default/postgres/1745501106';

const pieces = fc.constantFrom('a', 'A', '/', '%', '%2F', '%25', '%5F', '%28', '(', ')', ',', '.', '"', ' ', '\n', '{}', '😀', 'é', 'e\u0301', '_', ...RESERVED_SEGMENTS);
const name = fc.oneof(
  fc.array(pieces, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
  fc.constantFrom(...RESERVED_SEGMENTS, '%5Fconstraints_'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
/** Input types as the server lists them: names with an odd character are quoted. */
const signature = fc
  .array(fc.oneof(fc.constantFrom('integer', 'text', 'character varying', 'numeric[]', '"char"'), name.map((type) => `odd."${type.replaceAll('"', '""')}"`)), { maxLength: 3 })
  .map((types) => types.join(', '));
const object: fc.Arbitrary<NamedObject> = fc.oneof(
  fc.record({ type: fc.constant('database' as const), database: name }),
  fc.record({ type: fc.constant('schema' as const), database: name, schema: name }),
  fc.record({ type: fc.constant('relation' as const), database: name, schema: name, relation: name }),
  fc.record({ type: fc.constantFrom('column' as const, 'constraint' as const, 'index' as const), database: name, schema: name, relation: name, name }),
  fc.record({ type: fc.constant('sequence' as const), database: name, schema: name, name }),
  fc.record({ type: fc.constantFrom('function' as const, 'procedure' as const), database: name, schema: name, name, signature }),
);

describe('a qualified name', () => {
  it('is taken apart into what it was made of, so that distinct objects have distinct names', () => {
    fc.assert(
      fc.property(object, (named) => {
        expect(parseQualifiedName(CONNECTION, formatQualifiedName(CONNECTION, named))).toEqual(named);
      }),
      { numRuns: 5_000 },
    );
  });

  it('differs for distinct objects of a small world, where collisions would be likely', () => {
    const tiny = fc.constantFrom('a', 'a/b', 'b', 'a%2Fb', '%', '_constraints_', '_indexes_', '_functions_', 'a(', 'a()');
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.constantFrom<NamedObject['type']>('schema', 'relation', 'column', 'constraint', 'index', 'sequence', 'function', 'procedure'), tiny, tiny, tiny, tiny, (type, database, schema, relation, last) => {
        const parts: Record<string, string> = { type, database, schema };
        if (['relation', 'column', 'constraint', 'index'].includes(type)) parts['relation'] = relation;
        if (!['schema', 'relation'].includes(type)) parts['name'] = last;
        if (type === 'function' || type === 'procedure') parts['signature'] = relation === 'b' ? '' : 'integer';
        const qualifiedName = formatQualifiedName(CONNECTION, parts as unknown as NamedObject);
        const identity = JSON.stringify(parts);
        expect(seen.get(qualifiedName) ?? identity).toBe(identity);
        seen.set(qualifiedName, identity);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['orders', 'orders'],
    ['Zoë’s “table” (2)', 'Zoë’s “table” (2)'],
    ['a/b', 'a%2Fb'],
    ['a%2Fb', 'a%252Fb'],
    ['_constraints_', '%5Fconstraints_'],
    ['_constraints', '_constraints'],
  ])('has %s as segment %s', (plain, segment) => {
    expect(encodeSegment(plain)).toBe(segment);
    expect(decodeSegment(segment)).toBe(plain);
  });

  it.each([
    ['of another connection', 'default/other/db'],
    ['with an empty segment', `${CONNECTION}/db//t`],
    ['with too many segments', `${CONNECTION}/a/b/c/d/e/f`],
    ['that ends in a reserved segment', `${CONNECTION}/db/s/_functions_`],
    ['encoded otherwise', `${CONNECTION}/db/%5Fplain`],
    ['of a routine without its types', `${CONNECTION}/db/s/_functions_/f`],
  ])('%s is refused', (_, qualifiedName) => {
    expect(() => parseQualifiedName(CONNECTION, qualifiedName)).toThrow(expect.objectContaining({ code: 'QUALIFIED_NAME_INVALID' }) as Error);
  });
});
