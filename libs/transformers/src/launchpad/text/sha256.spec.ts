import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256 } from './sha256.js';

const reference = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

it('is what node:crypto computes, for any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => sha256(text) === reference(text)), { numRuns: 500 });
});

it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1_000_003])('is right at the edges of its blocks: %d bytes', (length) => {
  const text = 'x'.repeat(length);
  expect(sha256(text)).toBe(reference(text));
});
