import { FetchSize } from './fetch-size.js';

describe('the size of a fetch', () => {
  const after = (most: number, ...bytes: number[]): number => {
    const size = new FetchSize(most, 50);
    bytes.forEach((each) => size.learn(each));
    return size.rows;
  };

  it.each([
    ['starts small, since rows may be big', 3_000, [], 50],
    ['is never more than was asked for', 10, [], 10],
    ['grows while rows are small', 3_000, [5_000], 400],
    ['up to what was asked for', 3_000, [5_000, 40_000], 3_000],
    ['shrinks at once when rows are big', 3_000, [5_000, 40_000, 300_000_000], 40],
    ['is a row at least', 3_000, [4_000_000_000], 1],
    ['survives a fetch of nothing', 3_000, [0], 400],
  ])('%s', (_, most, bytes, rows) => {
    expect(after(most, ...bytes)).toBe(rows);
  });
});
