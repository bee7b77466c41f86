import fc from 'fast-check';
import type { StoredUnit } from '../store/types.js';
import { UnitFeed } from './unit-feed.js';

const unit = (key: string): StoredUnit => ({ key, stage: 's', kind: 'k', payload: {}, subjects: [], cursor: undefined, since: undefined, attempts: 0 });

/** What the ledger has of pending units, answering a turn of the event loop later, as a database does. */
class Pending {
  readonly keys = new Set<string>();
  calls = 0;

  async pending(_stage: string, limit: number, after = ''): Promise<StoredUnit[]> {
    this.calls++;
    const seen = [...this.keys].filter((key) => key > after).sort();
    await new Promise((resolve) => setImmediate(resolve));
    return seen.slice(0, limit).map(unit);
  }
}

function feedOf(ledger: Pending, after?: string): UnitFeed {
  return new UnitFeed({ ledger, stage: 's', signal: new AbortController().signal, after });
}

describe('the feed of units', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 500 });

  it('hands out every unit once, also those that are found meanwhile, wherever it begins', async () => {
    await fc.assert(
      fc.asyncProperty(names, names, fc.option(fc.string(), { nil: undefined }), fc.integer({ min: 1, max: 8 }), async (first, later, after, lanes) => {
        const ledger = new Pending();
        for (const key of first) ledger.keys.add(key);
        const found = later.filter((key) => !ledger.keys.has(key));
        const feed = feedOf(ledger, after);
        const handed: string[] = [];
        const lane = async (): Promise<void> => {
          for (let next = await feed.next(); next; next = await feed.next()) {
            handed.push(next.key);
            await new Promise((resolve) => setImmediate(resolve));
            for (const key of found.splice(0, 3)) {
              ledger.keys.add(key);
              feed.discovered();
            }
            ledger.keys.delete(next.key);
            feed.ended(next.key);
          }
        };
        await Promise.all(Array.from({ length: lanes }, lane));
        const all = first.length === 0 ? [] : [...first, ...later.filter((key) => !first.includes(key))].slice(0, handed.length);
        expect(new Set(handed).size).toBe(handed.length);
        expect(ledger.keys.size).toBe(0);
        expect(handed).toHaveLength(all.length);
      }),
      { numRuns: 60 },
    );
  });

  it('hands out units that were put back when they are due, and ends only after them', async () => {
    const ledger = new Pending();
    for (const key of ['a', 'b', 'c']) ledger.keys.add(key);
    const feed = feedOf(ledger);
    const handed: string[] = [];
    let tries = 0;
    for (let next = await feed.next(); next; next = await feed.next()) {
      handed.push(next.key);
      if (next.key === 'b' && ++tries < 3) feed.putBack('b', 20);
      else {
        ledger.keys.delete(next.key);
        feed.ended(next.key);
      }
    }
    expect(handed).toEqual(['a', 'b', 'c', 'b', 'b']);
  });

  it('keeps few units in memory, and asks the ledger in proportion to what it has', async () => {
    const ledger = new Pending();
    for (let index = 0; index < 5_000; index++) ledger.keys.add(String(index).padStart(5, '0'));
    const feed = feedOf(ledger);
    let handed = 0;
    for (let next = await feed.next(); next; next = await feed.next()) {
      handed++;
      ledger.keys.delete(next.key);
      feed.ended(next.key);
    }
    expect(handed).toBe(5_000);
    expect(ledger.calls).toBeLessThan(5_000 / 200 + 5);
  });

  it('ends at once when it is aborted', async () => {
    const stop = new AbortController();
    const ledger = new Pending();
    ledger.keys.add('a');
    const feed = new UnitFeed({ ledger, stage: 's', signal: stop.signal, after: undefined });
    await feed.next();
    const waiting = feed.next();
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });
});
