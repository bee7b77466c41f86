import { Driver, SOURCE, dataset } from '../e2e/driver.js';
import { catalog } from '../e2e/catalog.js';
import { nextDue, startInput, type LoadError } from '../core.js';
import { entityWorkflow, loader, type Change, type LoaderOptions } from '../index.js';
import { backoffMs, draw, jittered } from './chance.js';

const definition = (options: LoaderOptions = {}) =>
  entityWorkflow(catalog, 'Source', { loaders: { main: loader('loadSource', options) } });
const source = (options?: LoaderOptions, rest: object = {}) => Driver.top(definition(options), { ...SOURCE, ...rest });
const loads = (core: Driver) => core.cycle('load');
const load = (core: Driver) => core.health.loads['main'];
const loaded = (core: Driver, epoch: number, changes: Change[] = [], rest: object = {}) =>
  core.send({ kind: 'loaded', loader: 'main', epoch, changes, ...rest });
const failed = (core: Driver, epoch: number, error: Partial<LoadError> = {}) =>
  core.send({ kind: 'loadFailed', loader: 'main', epoch, error: { code: 'HTTP_500', message: 'broken', ...error } });
const rotate = (core: Driver, minVersion: number) =>
  core.send({ kind: 'credential', credential: { kind: 'reference', ref: 'secret://local/api', minVersion } });
const name = (value: string): Change => ({ op: 'update', type: 'Source', id: 's1', set: { name: value } });

test('a workflow loads before its first cycle is over, with nothing but a loader to make it', () => {
  const core = Driver.top(definition({ input: { page: 1 } }), SOURCE, {}, { apiUrl: 'https://api.example' });
  expect(loads(core)).toEqual([
    {
      kind: 'load',
      loader: 'main',
      activity: 'loadSource',
      epoch: 1,
      root: { type: 'Source', id: 's1' },
      credential: { kind: 'none' },
      apiUrl: 'https://api.example',
      input: { page: 1 },
    },
  ]);
  expect(loads(core)).toEqual([]);
});

test('a request that comes while a load runs is not lost, and several are served by one', () => {
  const core = source();
  loads(core);
  for (let request = 0; request < 3; request += 1) core.send({ kind: 'load' });
  expect(loads(core)).toEqual([]);
  loaded(core, 1);
  expect(load(core)).toMatchObject({ requestedEpoch: 4, loadedEpoch: 1 });
  expect(loads(core)).toMatchObject([{ epoch: 4 }]);
  loaded(core, 4);
  expect(loads(core)).toEqual([]);
  expect(core.health.counters.loads).toBe(2);
});

test('a result is merged: what differs is a change that travels, what does not is none', () => {
  const core = source({}, { datasets: [dataset('d1'), dataset('d2')], labels: { a: '1', b: '2' } });
  loads(core);
  const changes: Change[] = [
    { op: 'replace', type: 'Source', id: 's1', relation: 'datasets', entities: [dataset('d1'), dataset('d3')] },
    { op: 'put', type: 'Source', entity: { ...SOURCE, labels: { a: '1' } } },
  ];
  const { patches } = loaded(core, 1, changes);
  expect(patches.map(({ stamp: _, ...patch }) => patch)).toEqual([
    { type: 'Dataset', id: 'd3', put: true, set: { name: 'Dataset d3', active: true } },
    { type: 'Dataset', id: 'd2', delete: true },
    { type: 'Source', id: 's1', rel: { datasets: { add: ['d3'] } } },
    { type: 'Source', id: 's1', unset: ['labels.b'] },
  ]);
  core.send({ kind: 'load' });
  loads(core);
  expect(loaded(core, 2, changes).patches).toEqual([]);
});

test('a result of an earlier request, and one that is older than what was merged, are dropped', () => {
  const core = source();
  loads(core);
  loaded(core, 1, [name('new')], { revision: 7 });
  loaded(core, 1, [name('again')]);
  expect(core.health.counters.stale).toBe(1);
  core.send({ kind: 'load' });
  loads(core);
  loaded(core, 2, [name('old')], { revision: 6 });
  expect(core.entity('Source', 's1')?.['name']).toBe('new');
  expect(core.health.counters.loadsDropped).toBe(1);
  expect(load(core)).toMatchObject({ loadedEpoch: 2, revision: 7 });
});

test('a load that fails degrades: the state stays, error and age show, and it is tried again later and later', () => {
  const core = source({ backoff: '1s', maxBackoff: '1m' });
  const waits: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    expect(loads(core)).toMatchObject([{ epoch: 1 }]);
    failed(core, 1);
    expect(loads(core)).toEqual([]);
    expect(load(core)).toMatchObject({
      failures: attempt + 1,
      error: { code: 'HTTP_500', message: 'broken' },
      requestedEpoch: 1,
      loadedEpoch: 0,
    });
    waits.push((load(core)?.notBefore ?? 0) - core.now);
    core.now = nextDue(core.state) ?? 0;
  }
  expect(waits[3]).toBeGreaterThan(waits[0] ?? 0);
  expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  loads(core);
  loaded(core, 1, [name('well')]);
  expect(load(core)).toMatchObject({ failures: 0, loadedAt: core.now });
  expect(load(core)?.error).toBeUndefined();
});

test('a source that asks to wait is waited for', () => {
  const core = source({ backoff: '1s' });
  loads(core);
  failed(core, 1, { retryAfterMs: 90_000 });
  expect((load(core)?.notBefore ?? 0) - core.now).toBe(90_000);
});

test('a refused credential waits for a rotation, and the load goes on at once with the new one', () => {
  const core = source({ maxBackoff: '15m' });
  rotate(core, 1);
  expect(loads(core)).toMatchObject([{ epoch: 2, credential: { minVersion: 1 } }]);
  failed(core, 2, { code: 'HTTP_401', auth: true });
  expect(load(core)).toMatchObject({ awaitingRotation: true });
  core.now += 600_000;
  expect(loads(core)).toEqual([]);
  rotate(core, 2);
  expect(load(core)?.awaitingRotation).toBe(false);
  expect(loads(core)).toMatchObject([{ credential: { minVersion: 2 } }]);
});

test('a rotation that nobody announced is found too, if later', () => {
  const core = source({ maxBackoff: '15m' });
  loads(core);
  failed(core, 1, { auth: true });
  core.now = (nextDue(core.state) ?? 0) - 2000;
  expect(loads(core)).toEqual([]);
  core.now += 2000;
  expect(loads(core)).toHaveLength(1);
});

test('a rotation while a load runs with the old credential leads to another load, whether the first fails or not', () => {
  for (const finish of [(core: Driver) => loaded(core, 1), (core: Driver) => failed(core, 1, { auth: true })]) {
    const core = source();
    loads(core);
    rotate(core, 2);
    expect(loads(core)).toEqual([]);
    finish(core);
    expect(load(core)?.awaitingRotation).toBe(false);
    expect(loads(core)).toMatchObject([{ epoch: 2, credential: { minVersion: 2 } }]);
  }
});

test('onAuthError degrade takes a refused credential as any error', () => {
  const core = source({ onAuthError: 'degrade', backoff: '1s' });
  loads(core);
  failed(core, 1, { auth: true });
  expect(load(core)?.awaitingRotation).toBe(false);
  expect((load(core)?.notBefore ?? 0) - core.now).toBeLessThanOrEqual(1000);
});

test('loads after a rotation are spread over a tree by level', () => {
  const at = (level: number, id: string) => {
    const input = startInput(definition(), { entity: { ...SOURCE, id } }, { at: 0 });
    const core = new Driver(definition(), { ...input, level });
    loads(core);
    loaded(core, 1);
    rotate(core, 1);
    return (load(core)?.notBefore ?? 0) - core.now;
  };
  const spread = Array.from({ length: 50 }, (_, index) => at(2, `s${index}`));
  expect(new Set(spread).size).toBeGreaterThan(40);
  expect(Math.max(...spread)).toBeLessThanOrEqual(4000);
  expect(at(0, 's1')).toBe(0);
});

test('an interval loads again, moved by chance but never drifting away', () => {
  const core = source({ every: '10m', jitter: 0.2 });
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const [effect] = loads(core);
    times.push(core.now);
    loaded(core, effect?.epoch ?? 0);
    core.now = nextDue(core.state) ?? 0;
  }
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(8 * 60_000 - 5000);
  expect(Math.max(...gaps)).toBeLessThan(12 * 60_000 + 5000);
  expect(core.health.counters.loads).toBe(20);
});

test('a loader may have a credential of its own, or none, whatever the workflow has', () => {
  const own = source({ credential: 'secret://local/own' });
  rotate(own, 3);
  expect(loads(own)).toMatchObject([
    { epoch: 1, credential: { kind: 'reference', ref: 'secret://local/own', minVersion: 0 } },
  ]);
  const none = source({ credential: 'none' });
  rotate(none, 3);
  expect(loads(none)).toMatchObject([{ epoch: 1, credential: { kind: 'none' } }]);
});

test('a result that does not fit the definition is a failed load, and leaves nothing behind', () => {
  const core = source();
  loads(core);
  expect(loaded(core, 1, [name('half'), { op: 'update', type: 'Source', id: 's1', set: { nmae: 1 } }]).patches).toEqual(
    [],
  );
  expect(load(core)).toMatchObject({ failures: 1, error: { code: 'STATEFUL_MESSAGE_INVALID' } });
  expect(core.entity('Source', 's1')?.['name']).toBe('One');
});

test('a load under way when the run ends is made again', () => {
  const core = source();
  loads(core);
  core.continueAsNew();
  expect(loads(core)).toMatchObject([{ epoch: 1 }]);
});

test('an ETag comes back with the next load', () => {
  const core = source();
  loads(core);
  loaded(core, 1, [], { etag: 'v1' });
  core.send({ kind: 'load', loader: 'main' });
  expect(loads(core)).toMatchObject([{ etag: 'v1' }]);
});

test('a demand for a loader that there is not is refused', () => {
  expect(source().send({ kind: 'load', loader: 'mine' }).outcome).toMatchObject({
    status: 'refused',
    message: expect.stringContaining('allowed: main') as string,
  });
});

test('chance is the same for the same draw, and stays within its bounds', () => {
  expect(draw(0.3, 'a')).toBe(draw(0.3, 'a'));
  expect(draw(0.3, 'a')).not.toBe(draw(0.3, 'b'));
  expect([1, 2, 3, 20].map((failures) => backoffMs(failures, 1000, 10_000, 1))).toEqual([1000, 2000, 4000, 10_000]);
  expect([backoffMs(1, 1000, 10_000, 0), jittered(1000, 0.2, 0, 1), jittered(1000, 0.2, 8, 0)]).toEqual([
    500, 1100, 820,
  ]);
});
