import fc from 'fast-check';
import { Backoff, DEFAULT_RETRY_POLICY, retryAfterSeconds } from './retry-policy.js';

describe('the waits of a call', () => {
  it('stay within the bound, whatever the host asks for', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(2_000), { nil: undefined }), { maxLength: 40 }), (asked) => {
        const backoff = new Backoff(DEFAULT_RETRY_POLICY);
        const waits = asked.map((seconds) => backoff.next(seconds) ?? 0);
        expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(DEFAULT_RETRY_POLICY.waitMs);
        expect(waits.every((wait) => wait >= 0)).toBe(true);
      }),
    );
  });

  it('are as long as the host asks for when that is short', () => {
    expect(new Backoff(DEFAULT_RETRY_POLICY).next(3)).toBeGreaterThanOrEqual(3_000);
    expect(new Backoff(DEFAULT_RETRY_POLICY).next(900)).toBeLessThanOrEqual(500);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');

  it.each([
    [undefined, undefined],
    ['900', 900],
    [' 1 ', 1],
    ['Sat, 21 Nov 2026 12:01:30 GMT', 90],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('%s is %s seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, now)).toBe(seconds);
  });
});
