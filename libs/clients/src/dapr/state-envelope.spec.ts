import fc from 'fast-check';
import { decodeState, encodeState } from './state-envelope.js';

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.uint8Array(),
    fc.array(tie('any')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$', '$bytes', '$$bytes', '__proto__', 'v', 'value')), tie('any')),
  ),
})).any;

/** Dictionaries of fast-check may have no prototype; what is read back always has one. */
const plain = (each: unknown): unknown => decodeState(encodeState('key', each));

describe('the envelope of state values', () => {
  it('gives back whatever it takes', () => {
    fc.assert(
      fc.property(value, (each) => {
        expect(plain(each)).toEqual(each);
        expect(plain(plain(each))).toEqual(plain(each));
      }),
      { numRuns: 500 },
    );
  });

  it('is readable JSON', () => {
    expect(Buffer.from(encodeState('key', { text: 'é', bytes: new Uint8Array([0, 1]), $money: 1, left: undefined })).toString()).toBe(
      '{"v":1,"value":{"text":"é","bytes":{"$bytes":"AAE="},"$$money":1}}',
    );
  });

  it('names what it refuses and where', () => {
    expect(() => encodeState('key', { list: [1, { at: new Date(0) }] })).toThrow('The value for state "key" holds a Date at $.list[1].at.');
  });

  it('refuses a value that contains itself, but not one that occurs twice', () => {
    const twice = { a: 1 };
    expect(plain([twice, twice])).toEqual([twice, twice]);
    const round: Record<string, unknown> = {};
    round['self'] = { round };
    expect(() => encodeState('key', round)).toThrow(/its own container at \$\.self\.round/);
  });

  it.each([
    ['what is no UTF-8', Buffer.from([0xff])],
    ['what is no JSON', Buffer.from('text')],
    ['a bare value', Buffer.from('1')],
    ['another version', Buffer.from('{"v":2,"value":1}')],
  ])('does not read %s', (_, bytes) => {
    expect(() => decodeState(bytes)).toThrow();
  });
});
