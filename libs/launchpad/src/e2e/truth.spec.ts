import { createWorld } from '@tributary/testing/launchpad';
import { FlowBed, type EventRow } from './flow-bed.js';
import { truthOf, type TruthOptions } from './truth.js';

let bed: FlowBed;
beforeAll(async () => {
  bed = await FlowBed.start();
}, 60_000);
afterAll(() => bed.stop());

const START = '2026-02-01T00:00:00.000000Z';
const END = '2026-09-01T00:00:00.000000Z';
const window = { data_date_start: START, data_date_end: END };
const SIZE = { bugs: 150, proposals: 80, questions: 50, blueprints: 30, uploads: 60 };

function comparable(rows: readonly EventRow[]): readonly string[] {
  return rows.map(({ id, type, time_utc: time }) => `${id} ${type} ${time}`);
}

async function truth(options: Partial<TruthOptions>): Promise<readonly string[]> {
  const events = await truthOf(bed.launchpad, { start: START, end: END, ...options });
  return events.map(({ id, type, time }) => `${id} ${type} ${normal(time)}`);
}

function normal(time: string): string {
  const [, seconds = '', fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(time) ?? [];
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
}

test('a team: the table holds what there is of its members, and nothing else', async () => {
  await bed.reset({ world: createWorld({ ...SIZE, seed: 3 }) });
  const outcome = await bed.run({ team: 'platform', ...window });
  const people = outcome.report.map(({ subject }) => subject).filter((subject) => subject !== 'platform');
  expect(people.sort()).toEqual(['alice', 'bob', 'carol', 'dave', 'erin', 'frank']);
  const expected = await truth({ people });
  expect(expected.length).toBeGreaterThan(300);
  expect(comparable(await bed.events("type NOT LIKE 'team.%'"))).toEqual(expected.filter((line) => !line.startsWith('team-')));
  expect(comparable(await bed.events("type LIKE 'team.%'"))).toEqual(expect.arrayContaining(expected.filter((line) => line.startsWith('team-'))));
  expect(outcome.events).toEqual({ inserted: (await bed.events()).length, updated: 0, unchanged: 0 });
}, 120_000);

test.each(['tributary', 'estuary'])('project %s: what anybody did in it', async (project) => {
  await bed.reset({ world: createWorld({ ...SIZE, seed: 4 }) });
  const outcome = await bed.run({ project, ...window });
  const expected = await truth({ project });
  expect(expected.length).toBeGreaterThan(200);
  expect(comparable(await bed.events())).toEqual(expected);
  expect(outcome.subjects).toEqual({ done: 1, private: 0, gone: 0, failed: 0 });
}, 120_000);

test('order of members, concurrency and repetition change nothing', async () => {
  const world = createWorld({ ...SIZE, seed: 5 });
  await bed.reset({ world });
  const members = ['alice', 'bob', 'carol', 'dave', 'grace'];
  const startedAt = new Date();
  await bed.run({ members, ...window }, { lanes: 1 });
  const calm = await bed.events();
  expect(comparable(calm)).toEqual(await truth({ people: members }));

  const again = await bed.run({ members: [...members].reverse(), ...window }, { lanes: 16, startedAt });
  expect(await bed.events()).toEqual(calm);
  expect(again.events).toEqual({ inserted: 0, updated: 0, unchanged: calm.length });

  await bed.emptyTable();
  await Promise.all([bed.run({ members, ...window }), bed.run({ members: [...members].reverse(), ...window }), bed.run({ members: members.slice(2), ...window })]);
  expect(await bed.events()).toEqual(calm);
}, 180_000);

test.each([7, 40])('a run whose activities die after every %i requests gives the same table, and reads hardly a page twice', async (dieAfter) => {
  const world = createWorld({ bugs: 60, proposals: 25, questions: 15, seed: 6 });
  await bed.reset({ world });
  const args = { team: 'platform', ...window };
  const calm = await bed.run(args);
  const table = await bed.events();
  await bed.emptyTable();
  bed.launchpad.requests.clear();
  const killed = await bed.run(args, { dieAfter, lanes: 4 });
  expect(await bed.events()).toEqual(table);
  expect([killed.events, killed.types, killed.units]).toEqual([calm.events, calm.types, calm.units]);
  const asked = new Map<string, number>();
  for (const { url } of bed.launchpad.requests.entries) asked.set(url, (asked.get(url) ?? 0) + 1);
  const again = [...asked.values()].reduce((sum, times) => sum + times - 1, 0);
  const deaths = Math.floor(killed.requests / dieAfter);
  expect(again).toBeGreaterThan(0);
  // Each of the four lanes has one page in its hands.
  expect(again).toBeLessThanOrEqual(4 * deaths);
}, 120_000);
