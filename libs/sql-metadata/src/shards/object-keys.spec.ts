import fc from 'fast-check';
import { segment } from './object-keys.js';

describe('segment', () => {
  it('keeps plain names as they are', () => expect(segment('order_items')).toBe('order_items'));

  it('makes one reversible path segment of any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const made = segment(name);
        expect(made).not.toMatch(/[/\\\p{Cc}]/u);
        expect(['.', '..']).not.toContain(made);
        expect(decodeURIComponent(made)).toBe(name);
      }),
    );
  });
});
