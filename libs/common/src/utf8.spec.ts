import fc from 'fast-check';
import { utf8Bytes, utf8Length } from './utf8.js';

it('encodes as Node does, half surrogate pairs included', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))), (text) => {
      expect(utf8Bytes(text)).toEqual([...Buffer.from(text)]);
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
    }),
  );
});
