import fc from 'fast-check';
import { attemptNumber } from './open-flow.js';

const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

const numberAt = (scheduled: number): number => attemptNumber({ startedAt: START }, { currentAttemptScheduledTimestampMs: scheduled });

describe('the number of an attempt', () => {
  it('grows with the time at which the server scheduled it', () => {
    fc.assert(
      fc.property(fc.nat(30 * 24 * HOUR), fc.integer({ min: 10, max: HOUR }), (first, later) => {
        return numberAt(START + first) < numberAt(START + first + later);
      }),
    );
  });

  it('fits the ledger for as long as a run can last, and begins at 1 whatever the clocks', () => {
    expect(numberAt(START + 60 * 24 * HOUR)).toBeLessThan(2 ** 31);
    expect([numberAt(START), numberAt(START - 500)]).toEqual([1, 1]);
  });
});
