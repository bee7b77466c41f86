import { FailingLoads } from './failing-loads.js';

const MINUTE = 60_000;

describe('loads that fail', () => {
  it('count from their first failure until they succeed, by type', () => {
    const loads = new FailingLoads();
    loads.failed('Source', 'a', 0);
    loads.failed('Source', 'b', 2 * MINUTE);
    loads.failed('Source', 'a', 3 * MINUTE);
    loads.failed('Dataset', 'c', 4 * MINUTE);
    expect(loads.oldest(5 * MINUTE)).toEqual([['Source', 5 * MINUTE], ['Dataset', MINUTE]]);
    loads.succeeded('Source', 'a');
    expect(loads.oldest(5 * MINUTE)).toEqual([['Source', 3 * MINUTE], ['Dataset', MINUTE]]);
    loads.succeeded('Source', 'b');
    loads.failed('Source', 'a', 6 * MINUTE);
    expect(loads.oldest(6 * MINUTE)[0]).toEqual(['Source', 0]);
  });

  it('are forgotten when another worker has had their tries for an hour', () => {
    const loads = new FailingLoads();
    loads.failed('Source', 'a', 0);
    loads.failed('Source', 'b', 30 * MINUTE);
    expect(loads.oldest(61 * MINUTE)).toEqual([['Source', 31 * MINUTE]]);
    expect(loads.oldest(91 * MINUTE)).toEqual([['Source', 0]]);
  });

  it('are kept up to ten thousand, the oldest of them', () => {
    const loads = new FailingLoads();
    for (let index = 0; index < 20_000; index++) loads.failed('Source', String(index), index);
    for (let index = 1; index < 10_000; index++) loads.succeeded('Source', String(index));
    expect(loads.oldest(20_000)).toEqual([['Source', 20_000]]);
    loads.succeeded('Source', '0');
    expect(loads.oldest(20_000)).toEqual([['Source', 0]]);
  });
});
