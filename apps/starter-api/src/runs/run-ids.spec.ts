import fc from 'fast-check';
import { connectionWorkflowId, flowWorkflowId, inputFingerprint, keyedWorkflowId } from './run-ids.js';

const segment = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,8}$/);
const qualifiedName = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

function shuffled(value: fc.JsonValue): fc.JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shuffled);
  return Object.fromEntries(Object.entries(value).reverse().map(([key, part]) => [key, shuffled(part as fc.JsonValue)]));
}

describe('workflow ids', () => {
  it('are the same for the same connection only, and need no encoding in a path', () => {
    fc.assert(
      fc.property(qualifiedName, qualifiedName, (a, b) => {
        const [first, second] = [connectionWorkflowId(a), connectionWorkflowId(b)];
        expect(first === second).toBe(a === b);
        expect(encodeURIComponent(first)).toBe(first);
      }),
    );
  });

  it('of flows are readable, need no encoding in a path, and are never the same', () => {
    expect(flowWorkflowId('etl-flow', 'team/some-team')).toMatch(/^etl-flow~team~some-team~[0-9a-f]{12}$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (subject) => {
        const [first, second] = [flowWorkflowId('etl-flow', subject), flowWorkflowId('etl-flow', subject)];
        expect(first).not.toBe(second);
        expect(encodeURIComponent(first)).toBe(first);
        expect(first.length).toBeLessThan(150);
      }),
    );
  });

  it('of a key do not show it, and are those of one type', () => {
    expect(keyedWorkflowId('etl-flow', 'a-key-of-mine')).not.toBe(keyedWorkflowId('mock-flow', 'a-key-of-mine'));
    expect(keyedWorkflowId('etl-flow', '0123456789')).not.toContain('0123456789');
    expect(keyedWorkflowId('etl-flow', 'a-key-of-mine')).not.toBe(keyedWorkflowId('etl-flow', 'b-key-of-mine'));
  });
});

describe('the fingerprint of an input', () => {
  it('does not depend on the order of properties', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(inputFingerprint(shuffled(value))).toBe(inputFingerprint(value))));
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: {} }, { a: [] }],
    [{ a: { b: 1 } }, { a: [['b', 1]] }],
    [{}, { a: null }],
  ])('tells %j from %j', (one, other) => {
    expect(inputFingerprint(one)).not.toBe(inputFingerprint(other));
  });
});
