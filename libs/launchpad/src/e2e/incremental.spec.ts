import { createWorld, type World } from '@tributary/testing/launchpad';
import { FlowBed, idsOf } from './flow-bed.js';
import { propose } from './small-world.js';
import { truthOf } from './truth.js';

let bed: FlowBed;
beforeAll(async () => {
  bed = await FlowBed.start();
}, 60_000);
afterAll(() => bed.stop());

const ORIGIN = '2025-11-01';
const day = (date: number, hour = 0) => new Date(Date.UTC(2026, 10, date, hour));
const at = (date: number, hour = 0) => day(date, hour).toISOString();
const open = { data_date_start: ORIGIN, incremental: true };

const commentsRead = () => bed.launchpad.requests.count(({ path }) => path.endsWith('/all_comments'));

async function expectTruth(people: readonly string[], end: Date): Promise<void> {
  const expected = await truthOf(bed.launchpad, { people, start: `${ORIGIN}T00:00:00Z`, end: end.toISOString() });
  const found = new Set(idsOf(await bed.events()));
  expect(expected.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
}

/** Three of a hundred things change; proposals among those that are open or were busy of late. */
function changeSome(world: World, date: number): void {
  const { bugs, code, questions } = world;
  for (let index = 0; index < bugs.all.length; index += 33) bugs.comment(bugs.all[index]?.id ?? 0, 'News', { by: 'bob', at: at(date, 6) });
  const active = code.proposals.filter(({ queueStatus }) => !['Merged', 'Rejected', 'Superseded'].includes(queueStatus)).reverse();
  for (const proposal of active.slice(0, Math.ceil(code.proposals.length * 0.03))) code.comment(proposal, 'News', { by: 'alice', at: at(date, 6) });
  const asked = questions.all.filter(({ status }) => ['Open', 'Needs information', 'Answered'].includes(status));
  for (const question of asked.slice(0, Math.ceil(questions.all.length * 0.03))) questions.message(question, 'Comment', { by: 'carol', at: at(date, 6) });
}

test('a second run with 3 % changed costs less than a tenth, and finds all of it', async () => {
  const world = createWorld({ bugs: 1_000, proposals: 250, questions: 150, uploads: 60, seed: 7 });
  await bed.reset({ world });
  const first = await bed.run({ team: 'platform', ...open }, { startedAt: day(10) });
  expect(first.events.inserted).toBeGreaterThan(1_000);
  changeSome(world, 10);
  const second = await bed.run({ team: 'platform', ...open }, { startedAt: day(11) });
  const people = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];
  await expectTruth(people, day(11));
  expect(second.events.inserted).toBeGreaterThan(10);
  expect(second.requests / first.requests).toBeLessThan(0.1);

  const third = await bed.run({ team: 'platform', ...open }, { startedAt: day(11, 1) });
  expect(third.events).toMatchObject({ inserted: 0, updated: 0 });
  expect(third.requests).toBeLessThanOrEqual(second.requests);
}, 180_000);

test('whoever joins the team brings what they did before, also where nothing has changed since', async () => {
  const world = createWorld({ bugs: 40, proposals: 40, questions: 20, seed: 8 });
  await bed.reset({ world });
  const merged = world.code.proposals.find(({ queueStatus, registrant }) => queueStatus === 'Merged' && registrant.name === 'alice');
  if (merged === undefined) throw new Error('The world has no merged proposal of alice');
  const told = world.code.comment(merged, 'Told long ago', { by: 'judy', at: '2026-03-01T00:00:00Z' });
  await bed.run({ team: 'platform', ...open }, { startedAt: day(10) });
  expect(idsOf(await bed.events())).not.toContain(`mp-${String(merged.id)}-comment-${String(told.id)}`);

  world.people.join('platform', 'judy', { at: at(10, 3) });
  await bed.run({ team: 'platform', ...open }, { startedAt: day(11) });
  expect(idsOf(await bed.events())).toContain(`mp-${String(merged.id)}-comment-${String(told.id)}`);
  await expectTruth(['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'judy'], day(11));

  bed.launchpad.requests.clear();
  await bed.run({ team: 'platform', ...open }, { startedAt: day(11, 1) });
  const active = world.code.proposals.filter(({ queueStatus }) => !['Merged', 'Rejected', 'Superseded'].includes(queueStatus));
  expect(commentsRead()).toBeLessThan(active.length + 10);
}, 120_000);

test('what happens between the start of a run and its reading is the next run’s, and is not lost', async () => {
  const world = createWorld({ bugs: 20, proposals: 20, questions: 20, seed: 9 });
  await bed.reset({ world });
  const [proposal, other] = [propose(world, 'alice', 'alice', '2026-02-01T00:00:00Z'), propose(world, 'alice', 'alice', '2026-02-02T00:00:00Z')];
  const diff = world.code.addDiff(other, { added: 1, removed: 1, at: '2026-11-02T00:00:00Z' });
  const question = world.questions.ask({ owner: 'alice', target: 'tributary', title: 'Why?', at: '2026-01-01T00:00:00Z' });
  const bug = world.bugs.add({ owner: 'alice', title: 'Why?', targets: ['tributary'], at: '2026-01-01T00:00:00Z' });
  // After the window's end, before anything is read.
  world.code.comment(proposal, 'Late', { by: 'alice', at: at(10, 1) });
  world.code.setStatus(proposal, 'Merged', { by: 'alice', at: at(10, 2) });
  world.code.commentInline(diff, 1, 'Late', { by: 'alice', at: at(10, 1) });
  world.questions.message(question, 'Comment', { by: 'alice', at: at(10, 1) });
  world.bugs.comment(bug, 'Late', { by: 'alice', at: at(10, 1) });
  await bed.run({ member: 'alice', ...open }, { startedAt: day(10) });
  const late = "time_utc >= '2026-11-10'";
  expect(await bed.events(late)).toEqual([]);

  await bed.run({ member: 'alice', ...open }, { startedAt: day(10, 12) });
  expect((await bed.events(late)).map(({ type }) => type).sort()).toEqual(['bug.commented', 'mp.commented', 'mp.commented', 'mp.inline_commented', 'mp.merged', 'question.commented']);
}, 120_000);

test('a run that lost a bug keeps its mark where it was, so that the next one reads it', async () => {
  const world = createWorld({ bugs: 10, proposals: 0, questions: 0, seed: 10 });
  const bug = world.bugs.add({ owner: 'alice', title: 'Unlucky', targets: ['tributary'], at: '2026-01-01T00:00:00Z' });
  await bed.reset({ world });
  bed.launchpad.faults.add({ path: `/bugs/${String(bug.id)}`, times: 1 }, { kind: 'status', status: 400, text: 'Not today' });
  const first = await bed.run({ member: 'alice', ...open, flows: ['bugs'] }, { startedAt: day(10) });
  expect(first.report.map(({ outcome, problems }) => [outcome, problems[0]?.code])).toEqual([['failed', 'LAUNCHPAD_REQUEST_REFUSED']]);
  expect(idsOf(await bed.events())).not.toContain(`bug-${String(bug.id)}-created`);

  await bed.run({ member: 'alice', ...open, flows: ['bugs'] }, { startedAt: day(11) });
  expect(idsOf(await bed.events())).toContain(`bug-${String(bug.id)}-created`);
}, 60_000);

test('a backfill reads its window whole, and leaves marks and memory alone', async () => {
  const world = createWorld({ bugs: 30, proposals: 20, questions: 10, seed: 11 });
  await bed.reset({ world });
  await bed.run({ member: 'alice', ...open }, { startedAt: day(10) });
  const all = await bed.events();
  const backfill = { member: 'alice', data_date_start: '2026-01-01', data_date_end: '2026-06-01' };
  const { events } = await bed.run(backfill, { startedAt: day(10, 1) });
  expect(events).toMatchObject({ inserted: 0, updated: 0 });
  expect(events.unchanged).toBe((await bed.events("time_utc >= '2026-01-01' AND time_utc < '2026-06-01'")).length);
  expect(await bed.events()).toEqual(all);
}, 60_000);
