import { describe, expect, it } from '@jest/globals';
import { byHealth, judge, latenessOf, worstOf, type Health } from './health.js';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describe('how late a dataset is', () => {
  it.each([
    ['2026-11-21T11:00:00Z', 3600, 1],
    ['2026-11-21T11:00:01Z', 3600, 0.75],
    ['2026-11-21T07:00:00Z', 3600, 5],
    ['2026-11-21T13:00:00Z', 3600, 0],
    ['2016-11-21T13:00:00Z', 60, 1000],
    [undefined, 3600, undefined],
    ['some day', 3600, undefined],
    ['2026-11-21T11:00:00Z', undefined, undefined],
    ['2026-11-21T11:00:00Z', 0, undefined],
  ])('is, loaded at %s and expected every %s s: %s', (loaded, expected, lateness) => {
    expect(latenessOf(loaded, expected, NOW)).toBe(lateness);
  });
});

describe('health', () => {
  it.each([
    [undefined, 'unknown'],
    [0, 'ok'],
    [1.25, 'ok'],
    [1.5, 'late'],
    [2.75, 'late'],
    [3, 'stale'],
  ])('of a dataset that is %s intervals old: %s', (lateness, health) => {
    expect(judge(lateness)).toBe(health);
  });

  it('goes by other thresholds where they apply', () => {
    expect([judge(4, { lateAfter: 5, staleAfter: 9 }), judge(5, { lateAfter: 5, staleAfter: 9 })]).toEqual(['ok', 'late']);
  });

  it.each<[Record<string, number>, Health]>([
    [{}, 'unknown'],
    [{ ok: 3 }, 'ok'],
    [{ ok: 3, unknown: 1 }, 'unknown'],
    [{ ok: 3, unknown: 1, late: 1 }, 'late'],
    [{ ok: 9, late: 4, stale: 1 }, 'stale'],
  ])('of a whole with %j: %s', (counts, health) => {
    expect(worstOf(counts)).toBe(health);
  });

  it('is sorted from bad to good', () => {
    const all: { health?: Health }[] = [{ health: 'ok' }, {}, { health: 'stale' }, { health: 'late' }];
    expect(all.sort(byHealth)).toEqual([{ health: 'stale' }, { health: 'late' }, {}, { health: 'ok' }]);
  });
});
