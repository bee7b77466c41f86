import { Secret } from '@tributary/common';
import type { World } from '@tributary/testing/launchpad';
import { FlowBed, idsOf } from './flow-bed.js';
import { propose, smallWorld } from './small-world.js';

// The ways in which the first implementation, in Python, lost or falsified data: one test for each.

let bed: FlowBed;
beforeAll(async () => {
  bed = await FlowBed.start();
}, 60_000);
afterAll(() => bed.stop());

const args = { member: 'alice', data_date_start: '2026-01-01', data_date_end: '2026-07-01' };
const team = { ...args, member: undefined, members: ['alice', 'bob', 'carol'] };

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));

async function runOn(world: World, more: Readonly<Record<string, unknown>> = args, options: Parameters<FlowBed['run']>[1] = {}) {
  await bed.reset({ world });
  return bed.run(more, options);
}

test('1. a first page is not all: 200 bugs, 100 comments, 90 messages', async () => {
  const world = smallWorld();
  times(200, () => world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] }));
  const proposal = propose(world, 'alice', 'alice');
  times(100, () => world.code.comment(proposal, 'Comment', { by: 'alice' }));
  const question = world.questions.ask({ owner: 'alice', target: 'tributary', title: 'Why?' });
  times(90, () => world.questions.message(question, 'Comment', { by: 'alice' }));
  expect((await runOn(world)).types).toMatchObject({ 'bug.created': 200, 'mp.commented': 100, 'question.commented': 90 });
}, 60_000);

test('2. the window is one of events: news of old bugs and of duplicates is in, news from after it is out', async () => {
  const world = smallWorld();
  const [old, duplicate, recent] = ['2019-01-01T00:00:00Z', '2026-02-02T00:00:00Z', '2026-06-30T00:00:00Z'].map((at) =>
    world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'], at }),
  );
  world.bugs.comment(old?.id ?? 0, 'In', { by: 'alice', at: '2026-03-01T00:00:00Z' });
  world.bugs.markDuplicate(duplicate?.id ?? 0, old?.id ?? 0, { by: 'alice', at: '2026-03-02T00:00:00Z' });
  world.bugs.comment(recent?.id ?? 0, 'Out', { by: 'alice', at: '2026-07-01T00:00:00Z' });
  const { types } = await runOn(world);
  expect(types).toEqual({ 'bug.created': 2, 'bug.commented': 1, 'bug.duplicate_changed': 1 });
});

test('3. who is subscribed or assigned to a bug has not reported it', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'bob', title: 'Of bob', targets: ['tributary'] });
  world.bugs.subscribe(bug, 'alice', { by: 'bob' });
  world.bugs.assign(world.bugs.task(bug), 'alice', { by: 'bob' });
  world.bugs.comment(bug, 'Seen', { by: 'alice' });
  expect((await runOn(world)).types).toEqual({ 'bug.commented': 1 });
  expect((await bed.events()).map(({ employee_id: id }) => id)).toEqual(['E-alice']);
});

test('4. a question without an assignee is a question', async () => {
  const world = smallWorld();
  world.questions.ask({ owner: 'alice', target: 'tributary', title: 'Who?' });
  const { types, quarantined } = await runOn(world);
  expect([types, quarantined]).toEqual([{ 'question.asked': 1 }, 0]);
});

test('5. what passes between activities does not grow with what is read', async () => {
  const sizes = [];
  for (const count of [1, 60]) {
    const world = smallWorld();
    times(count, () => world.bugs.add({ owner: 'alice', title: 'Bug', description: 'x'.repeat(20_000), targets: ['tributary'] }));
    const { report, ...result } = await runOn(world);
    expect(report).toHaveLength(1);
    sizes.push(JSON.stringify(result).length);
  }
  expect(Math.abs((sizes[1] ?? 0) - (sizes[0] ?? 0))).toBeLessThan(20);
});

test('6. up to as many requests as allowed are in flight, and no more', async () => {
  const world = smallWorld();
  times(60, () => world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] }));
  await bed.reset({ world, latencyMs: 30 });
  await bed.run(args, { lanes: 16, source: { maxRequests: 4 } });
  expect(bed.launchpad.requests.peak).toBe(4);
});

test('7. a run that goes on from the last one does not read everything again', async () => {
  const world = smallWorld();
  times(40, () => world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] }));
  times(10, () => world.code.setStatus(propose(world, 'alice', 'alice'), 'Merged', { by: 'alice' }));
  const incremental = { member: 'alice', data_date_start: '2026-01-01', incremental: true };
  const first = await runOn(world, incremental, { startedAt: new Date('2026-11-01T00:00:00Z') });
  const second = await bed.run(incremental, { startedAt: new Date('2026-11-01T01:00:00Z') });
  expect(first.requests).toBeGreaterThan(130);
  expect(second.requests).toBeLessThan(13);
});

test('8. an answer of 503, 429 or half an answer is no empty answer; private comments are read with the token', async () => {
  const world = smallWorld();
  const question = world.questions.ask({ owner: 'alice', target: 'tributary', title: 'Why?' });
  world.questions.message(question, 'Comment', { by: 'alice' });
  const bug = world.bugs.add({ owner: 'alice', title: 'Hidden', targets: ['tributary'], informationType: 'Private' });
  world.bugs.comment(bug, 'Secret', { by: 'alice' });
  const { faults, tokens } = await bed.reset({ world });
  faults.add({ path: /\+question\/\d+\/messages$/ }, { kind: 'status', status: 503 });
  faults.add({ path: /\+question\/\d+\/messages$/ }, { kind: 'status', status: 429 });
  faults.add({ path: /\/activity$/ }, { kind: 'truncate' });
  const { key, secret } = tokens.issue('alice');
  const credentials = () => Promise.resolve({ accessToken: new Secret(key), accessSecret: new Secret(secret) });
  const { types, units } = await bed.run(args, { source: { credentials } });
  expect(faults.pending).toBe(0);
  expect([types, units.failed]).toEqual([{ 'question.asked': 1, 'question.commented': 1, 'bug.created': 1, 'bug.commented': 1 }, 0]);
}, 60_000);

test('9. what was read before a failure is not read again', async () => {
  const world = smallWorld();
  times(30, () => world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] }));
  const calm = await runOn(world);
  await bed.emptyTable();
  const broken = await bed.run(args, { dieAfter: 20, lanes: 1 });
  expect(broken.events).toEqual(calm.events);
  expect(broken.requests).toBeLessThanOrEqual(calm.requests + Math.floor(broken.requests / 20));
});

test('10. ids stand on what things are, so a second review does not replace the first, nor what came before it', async () => {
  const world = smallWorld();
  const proposal = propose(world, 'alice', 'alice');
  world.code.setStatus(proposal, 'Rejected', { by: 'alice', at: '2026-03-01T00:00:00Z' });
  await runOn(world);
  world.code.setStatus(proposal, 'Needs review', { by: 'alice', at: '2026-03-02T00:00:00Z' });
  world.code.setStatus(proposal, 'Approved', { by: 'alice', at: '2026-03-03T00:00:00Z' });
  const { events } = await bed.run(args);
  expect(events.inserted).toBeGreaterThanOrEqual(2);
  const reviewed = await bed.events("type IN ('mp.approved', 'mp.rejected')");
  expect(reviewed.map(({ type, time_utc: time }) => [type, time])).toEqual([
    ['mp.rejected', '2026-03-01T00:00:00.000000Z'],
    ['mp.approved', '2026-03-03T00:00:00.000000Z'],
  ]);
});

test('11. one run reads many members; started again it neither doubles nor loses', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'alice', title: 'Shared', targets: ['tributary'] });
  for (const by of ['bob', 'carol']) world.bugs.comment(bug, 'Me too', { by });
  const first = await runOn(world, team);
  const [again, other] = await Promise.all([bed.run(team), bed.run(args)]);
  expect(first.events).toEqual({ inserted: 3, updated: 0, unchanged: 0 });
  expect([again?.events.unchanged, other?.events.unchanged]).toEqual([3, 1]);
  expect(bed.launchpad.requests.count(({ path }) => path === `/bugs/${String(bug.id)}`)).toBe(3);
});

test('12. an expired token ends the run at once, with its name', async () => {
  const world = smallWorld();
  times(20, () => world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] }));
  const { tokens } = await bed.reset({ world });
  const { key, secret } = tokens.issue('alice', { expired: true });
  const credentials = () => Promise.resolve({ accessToken: new Secret(key), accessSecret: new Secret(secret) });
  await expect(bed.run(args, { source: { credentials } })).rejects.toMatchObject({ code: 'LAUNCHPAD_UNAUTHORIZED' });
  expect(bed.launchpad.requests.entries.length).toBeLessThan(3);
});

test('13. the description of the service is not fetched, nor anything else that is not asked for', async () => {
  const world = smallWorld();
  world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] });
  await runOn(world, { ...args, flows: ['bugs'] });
  expect(bed.launchpad.requests.entries.map(({ path, operation }) => operation ?? path)).toEqual([
    '/~alice',
    'searchTasks',
    'searchTasks',
    '/bugs/1',
    '/bugs/1/activity',
    '/bugs/1/messages',
  ]);
});

test('14. first runs at the same time share one table', async () => {
  const world = smallWorld();
  for (const owner of ['alice', 'bob', 'carol']) times(5, () => world.bugs.add({ owner, title: 'Bug', targets: ['tributary'] }));
  await bed.reset({ world });
  const runs = await Promise.all(['alice', 'bob', 'carol'].map((member) => bed.run({ ...args, member })));
  expect(runs.map(({ events }) => events.inserted)).toEqual([5, 5, 5]);
});

test('15. whom the directory knows is an employee; whom it does not know has a keyed hash', async () => {
  const world = smallWorld();
  for (const owner of ['alice', 'carol']) world.bugs.add({ owner, title: 'Bug', targets: ['tributary'] });
  await runOn(world, team);
  const [known, unknown] = (await bed.events()).map(({ employee_id: id }) => id);
  expect(known).toBe('E-alice');
  expect(unknown).toMatch(/^h-[\w-]{22}$/);
});

test('16. proposals out of the repositories of a team, reviews of others’ proposals, comments within diffs', async () => {
  const world = smallWorld();
  world.people.addTeam('warthogs', { owner: 'carol' });
  world.people.join('warthogs', 'alice');
  const own = propose(world, 'warthogs', 'alice');
  propose(world, 'warthogs', 'carol');
  const other = propose(world, 'bob', 'bob');
  world.code.requestReview(other, 'alice', { by: 'bob' });
  const diff = world.code.addDiff(other, { added: 3, removed: 1 });
  const comment = world.code.comment(other, 'See inline', { by: 'alice', vote: 'Needs Fixing' });
  world.code.commentInline(diff, 7, 'Here', comment);
  const { types } = await runOn(world, { ...args, flows: ['merge_proposals'] });
  expect(types).toEqual({ 'mp.proposed': 1, 'mp.review_requested': 1, 'mp.voted': 1, 'mp.inline_commented': 1 });
  expect(idsOf(await bed.events("type = 'mp.proposed'"))).toEqual([`mp-${String(own.id)}-created`]);
});

test('17. whatever stands as somebody’s time zone', async () => {
  const world = smallWorld();
  world.people.setTimeZone('alice', 'Mars/Olympus_Mons');
  world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] });
  expect((await runOn(world)).types).toEqual({ 'bug.created': 1 });
});

test('18. a person who was renamed, and one into whom another was merged', async () => {
  const world = smallWorld();
  world.people.add('liv');
  world.people.add('trent');
  for (const owner of ['liv', 'trent']) world.bugs.add({ owner, title: owner, targets: ['tributary'] });
  world.people.rename('liv', 'olivia', { redirect: true });
  world.mergePerson('trent', 'alice');
  const { report } = await runOn(world, { ...team, members: ['liv', 'alice'] });
  expect(report.map(({ subject, outcome, renamedTo }) => [subject, outcome, renamedTo])).toEqual([
    ['alice', 'done', undefined],
    ['liv', 'done', 'olivia'],
  ]);
  expect(await bed.events()).toHaveLength(2);
});

test('19. no name of a person and no body stands in an event', async () => {
  const world = smallWorld();
  for (const name of ['xaverius', 'yolandina']) world.people.add(name, { displayName: `${name} the Long-named` });
  const bug = world.bugs.add({ owner: 'xaverius', title: 'Bug', description: 'What was told', targets: ['tributary'] });
  world.bugs.assign(world.bugs.task(bug), 'yolandina', { by: 'xaverius' });
  world.bugs.comment(bug, 'What was answered', { by: 'yolandina' });
  const proposal = propose(world, 'xaverius', 'xaverius');
  world.code.requestReview(proposal, 'yolandina', { by: 'xaverius' });
  world.questions.ask({ owner: 'xaverius', target: 'tributary', title: 'Why?', description: 'What was asked', assignee: 'yolandina' });
  world.archives.upload(world.archives.addPpa('xaverius'), { source: 'bash', version: '1', by: 'xaverius' });
  const { events } = await runOn(world, { ...team, members: ['xaverius', 'yolandina'] });
  const text = JSON.stringify(await bed.events()).toLowerCase();
  expect(events.inserted).toBeGreaterThan(6);
  expect(['xaverius', 'yolandina', 'what was'].filter((word) => text.includes(word))).toEqual([]);
});
