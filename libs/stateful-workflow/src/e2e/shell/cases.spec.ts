import { QUERIES } from '../../workflow/contract.js';
import { EstateBed, until } from './estate-bed.js';
import { estateBundle } from './estate-worker.js';

jest.setTimeout(120_000);

let bed: EstateBed;
beforeAll(async () => {
  bed = await EstateBed.start();
}, 120_000);
afterAll(() => bed?.stop());
beforeEach(() => bed.reset());

/** A source that loads nothing, so that only the test changes it. */
async function quiet() {
  bed.api.broken = 503;
  const source = bed.tree().source('s1');
  await source.start({ entity: { id: 's1', name: 's1', prefs: {}, datasets: [{ id: 'd1', name: 'd1', active: true }] } });
  await until('the child', () => source.progress(), ({ children }) => children.running === 1);
  return source;
}

test('signals to what is not listed change nothing', async () => {
  const source = await quiet();
  const before = await source.state();
  const { counters } = await source.health();
  const names = ['managedPaths', 'status', 'data', 'state', 'pendingUpdate', 'continueAsNew', 'update', 'constructor', '__proto__'];
  for (const name of names) await source.handle.signal(name, { Source: { s1: { name: 'taken over' } } });
  await until('them to be put aside', () => source.health(), ({ counters: now }) => now.aside >= counters.aside + names.length);
  expect(await source.state()).toEqual(before);
  expect((await source.progress()).children.running).toBe(1);
  expect((await source.handle.describe()).status.name).toBe('RUNNING');
});

test('every query that is listed answers, also while paused', async () => {
  const source = await quiet();
  const ask = async () => Promise.all(QUERIES.map((name) => source.handle.query<object, [object]>(name, {})));
  for (const answer of await ask()) expect(answer).toBeInstanceOf(Object);
  await source.pause();
  for (const answer of await ask()) expect(answer).toBeInstanceOf(Object);
});

test('the bundle keeps to its budget', async () => {
  expect(Buffer.byteLength(await estateBundle())).toBeLessThan(3_000_000);
});
