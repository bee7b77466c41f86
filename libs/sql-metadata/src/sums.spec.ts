import { addCounts, addQuarantine } from './sums.js';

describe('sums', () => {
  it('add up by key, in order of key', () => {
    expect(Object.entries(addCounts([{ b: 1, a: 2 }, { a: 3 }]))).toEqual([['a', 5], ['b', 1]]);
    expect(addQuarantine([{ code: 'X_Y', count: 1 }, { code: 'X_Y', count: 2 }])).toEqual([{ code: 'X_Y', count: 3 }]);
  });

  it('take names that are properties of every object', () => {
    expect(addCounts([{ constructor: 1 }, { constructor: 2 }])).toEqual({ constructor: 3 });
  });
});
