import { Secret } from '@tributary/common';
import { waitFor } from '@tributary/testing/stack';
import { FlowBed, idsOf } from './flow-bed.js';
import { propose, smallWorld } from './small-world.js';

let bed: FlowBed;
beforeAll(async () => {
  bed = await FlowBed.start();
}, 60_000);
afterAll(() => bed.stop());

const START = '2026-01-01T00:00:00.000000Z';
const args = { member: 'alice', data_date_start: '2026-01-01', data_date_end: '2026-07-01' };
const bugs = { ...args, flows: ['bugs'] };

const requests = (operation: string) => bed.launchpad.requests.count((entry) => entry.operation === operation);
const visits = (id: number) => bed.launchpad.requests.count(({ path }) => path === `/bugs/${String(id)}`);

test('1,000 tasks, several of a bug: each bug once, whoever led to it', async () => {
  const world = smallWorld();
  const reported = Array.from({ length: 334 }, (_, index) =>
    world.bugs.add({ owner: 'alice', title: `Bug ${String(index)}`, targets: ['tributary', 'estuary', 'delta'] }),
  );
  await bed.reset({ world });
  await bed.run(bugs);
  expect(idsOf(await bed.events("type = 'bug.created'"))).toHaveLength(334);
  expect(reported.filter(({ id }) => visits(id) !== 1)).toEqual([]);
  // 1,002 tasks by pages of 300 and a look at those without a date, reported and commented.
  expect(requests('searchTasks')).toBe(10);
}, 60_000);

test('160 activities and 200 messages on one bug', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'bob', title: 'Long', targets: ['tributary'] });
  for (let index = 0; index < 160; index++) world.bugs.setTitle(bug, `Title ${String(index)}`, { by: 'alice' });
  for (let index = 0; index < 200; index++) world.bugs.comment(bug, `Comment ${String(index)}`, { by: 'alice' });
  await bed.reset({ world });
  const { types } = await bed.run(bugs);
  expect(types).toEqual({ 'bug.title_changed': 160, 'bug.commented': 200 });
});

test('100 comments on a proposal, also by pages of 50', async () => {
  const world = smallWorld();
  const proposal = propose(world, 'alice', 'alice');
  for (let index = 0; index < 100; index++) world.code.comment(proposal, `Comment ${String(index)}`, { by: 'bob' });
  for (let index = 0; index < 100; index++) world.code.comment(proposal, `Comment ${String(index)}`, { by: 'alice' });
  await bed.reset({ world, pageCap: 50 });
  const { types } = await bed.run({ ...args, flows: ['merge_proposals'] });
  expect(types).toMatchObject({ 'mp.commented': 100 });
});

test('pages thinned to nothing: what lies behind hidden bugs is found', async () => {
  const world = smallWorld();
  for (let index = 0; index < 320; index++) world.bugs.add({ owner: 'alice', title: 'Hidden', targets: ['tributary'], informationType: 'Private' });
  for (let index = 0; index < 20; index++) world.bugs.add({ owner: 'alice', title: 'Seen', targets: ['tributary'] });
  for (let index = 0; index < 320; index++) world.bugs.add({ owner: 'alice', title: 'Hidden', targets: ['tributary'], informationType: 'Private' });
  const last = world.bugs.add({ owner: 'alice', title: 'Last', targets: ['tributary'] });
  await bed.reset({ world });
  const { types, units } = await bed.run(bugs);
  expect(types).toEqual({ 'bug.created': 21 });
  expect(units).toMatchObject({ private: 0, failed: 0 });
  expect(visits(last.id)).toBe(1);
}, 60_000);

test('page size capped at 50, and a page that is full of one time', async () => {
  const world = smallWorld();
  for (let index = 0; index < 130; index++) world.bugs.add({ owner: 'alice', title: 'Imported', targets: ['tributary'], at: '2026-03-01T12:00:00Z' });
  for (let index = 0; index < 130; index++) world.bugs.add({ owner: 'alice', title: 'Later', targets: ['tributary'] });
  await bed.reset({ world, pageCap: 50 });
  expect((await bed.run(bugs)).types).toEqual({ 'bug.created': 260 });
}, 60_000);

test('rows changed, added and removed between the pages', async () => {
  const world = smallWorld();
  // Reported by another, so that one listing alone leads to them.
  const commented = () => {
    const bug = world.bugs.add({ owner: 'bob', title: 'Bug', targets: ['tributary'] });
    world.bugs.comment(bug, 'Seen', { by: 'alice' });
    return bug;
  };
  const all = Array.from({ length: 400 }, commented);
  const { faults } = await bed.reset({ world, pageCap: 100 });
  const removed = all.slice(5, 45);
  // The first request is refused for its size, the second gives the first page.
  faults.before({ operation: 'searchTasks', query: { bug_commenter: JSON.stringify(`${bed.launchpad.url}devel/~alice`) }, after: 2, times: 2 }, () => {
    for (const bug of removed.splice(0, 20)) world.bugs.remove(bug);
    for (const bug of all.slice(250, 280)) world.bugs.touch(bug);
    for (const bug of all.slice(0, 3)) world.bugs.setTitle(bug, 'Changed', { by: 'alice' });
    commented();
  });
  const { types, units } = await bed.run(bugs, { lanes: 1 });
  expect(faults.pending).toBe(0);
  const found = new Set(idsOf(await bed.events("type = 'bug.commented'")));
  const stayed = world.bugs.all.map(({ id }) => `bug-${String(id)}-comment-1`);
  expect(stayed.filter((id) => !found.has(id))).toEqual([]);
  expect(types['bug.title_changed']).toBeGreaterThanOrEqual(3);
  expect(units.failed).toBe(0);
}, 60_000);

test.each([
  ['a project', { member: undefined, project: 'tributary' }],
  ['a person', { member: 'bob' }],
])('proposals that come and go while those of %s are listed', async (_, subject) => {
  const world = smallWorld();
  const all = Array.from({ length: 120 }, () => propose(world, 'bob', 'bob'));
  const { faults } = await bed.reset({ world, pageCap: 50 });
  // The first request is refused for its size, the second gives the first page.
  faults.before({ operation: 'getMergeProposals', after: 2 }, () => {
    for (const proposal of all.slice(80, 90)) world.code.remove(proposal);
    propose(world, 'bob', 'bob');
  });
  const { units } = await bed.run({ ...args, flows: ['merge_proposals'], ...subject });
  const found = new Set(idsOf(await bed.events("type = 'mp.proposed'")));
  expect(world.code.proposals.slice(0, -1).map(({ id }) => `mp-${String(id)}-created`).filter((id) => !found.has(id))).toEqual([]);
  expect(units.failed).toBe(0);
}, 60_000);

test('questions of a person by pages of 50', async () => {
  const world = smallWorld();
  const questions = Array.from({ length: 120 }, () => world.questions.ask({ owner: 'bob', target: 'tributary', title: 'Why?' }));
  for (const question of questions) world.questions.message(question, 'Comment', { by: 'alice' });
  await bed.reset({ world, pageCap: 50 });
  expect((await bed.run(args)).types).toEqual({ 'question.commented': 120 });
}, 60_000);

test('both edges of the window, to the microsecond, in any zone', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'bob', title: 'Old', targets: ['tributary'], at: '2025-06-30T00:00:00Z' });
  const times = ['2026-03-28T22:59:59.999999Z', '2026-03-28T23:00:00Z', '2026-03-28T23:00:00.000001Z', '2026-03-29T21:59:59.999999Z', '2026-03-29T22:00:00Z'];
  for (const at of times) world.bugs.comment(bug, 'Edge', { by: 'alice', at });
  await bed.reset({ world });
  // The day on which Berlin changes to summer time has 23 hours.
  await bed.run({ ...bugs, data_date_start: '2026-03-29', data_date_end: '2026-03-30', time_zone: 'Europe/Berlin' });
  expect((await bed.events()).map(({ time_utc: time }) => time)).toEqual([
    '2026-03-28T23:00:00.000000Z',
    '2026-03-28T23:00:00.000001Z',
    '2026-03-29T21:59:59.999999Z',
  ]);
});

test('an old bug that nothing but the last microsecond before the window has touched is not visited; one in the first is', async () => {
  const world = smallWorld();
  const early = world.bugs.add({ owner: 'alice', title: 'Early', targets: ['tributary'], at: '2025-06-30T00:00:00Z' });
  world.bugs.comment(early, 'Before', { by: 'alice', at: '2025-12-31T23:59:59.999999Z' });
  const first = world.bugs.add({ owner: 'alice', title: 'First', targets: ['tributary'], at: '2025-06-30T00:00:00Z' });
  world.bugs.comment(first, 'First', { by: 'alice', at: START });
  await bed.reset({ world });
  await bed.run(bugs);
  expect(idsOf(await bed.events())).toEqual([`bug-${String(first.id)}-comment-1`]);
  expect([visits(early.id), visits(first.id)]).toEqual([0, 1]);
});

test('redacted, suspended, renamed, private, unknown: a report for each, and what can be read is', async () => {
  const world = smallWorld();
  world.people.add('erin', { redacted: ['time_zone'] });
  world.people.add('mallory');
  world.people.add('liv');
  world.people.addTeam('warthogs', { owner: 'carol' });
  for (const owner of ['alice', 'erin', 'mallory', 'liv']) world.bugs.add({ owner, title: owner, targets: ['tributary'] });
  world.bugs.add({ owner: 'alice', title: 'Hidden', targets: ['tributary'], informationType: 'Private' });
  world.people.setStatus('mallory', 'Suspended');
  world.people.rename('liv', 'olivia', { redirect: true });
  await bed.reset({ world });
  const { report, subjects, types } = await bed.run({ ...bugs, member: undefined, members: ['Alice', 'erin', 'mallory', 'liv', 'nobody', 'warthogs'] });
  expect(Object.fromEntries(report.map(({ subject, outcome, renamedTo, problems }) => [subject, [outcome, renamedTo ?? problems[0]?.code]]))).toEqual({
    alice: ['done', undefined],
    erin: ['done', undefined],
    liv: ['done', 'olivia'],
    mallory: ['gone', 'LAUNCHPAD_GONE'],
    nobody: ['failed', 'LAUNCHPAD_MEMBER_UNKNOWN'],
    warthogs: ['failed', 'LAUNCHPAD_MEMBER_IS_TEAM'],
  });
  expect(subjects).toEqual({ done: 3, private: 0, gone: 1, failed: 2 });
  expect(types).toEqual({ 'bug.created': 3 });
});

test('somebody suspended in a team is gone, and the run is green', async () => {
  const world = smallWorld();
  world.people.add('mallory');
  world.people.addTeam('warthogs', { owner: 'alice' });
  world.people.join('warthogs', 'mallory', { at: START });
  for (const owner of ['alice', 'mallory']) world.bugs.add({ owner, title: owner, targets: ['tributary'] });
  world.people.setStatus('mallory', 'Suspended');
  await bed.reset({ world });
  const { report, subjects } = await bed.run({ ...args, member: undefined, team: 'warthogs' });
  expect(report.find(({ subject }) => subject === 'mallory')).toMatchObject({ outcome: 'gone', units: { failed: 0 } });
  expect(subjects).toMatchObject({ gone: 1, failed: 0 });
});

test.each([
  [{ team: 'shadow' }, 'LAUNCHPAD_TEAM_UNKNOWN'],
  [{ team: 'alice' }, 'LAUNCHPAD_TEAM_UNKNOWN'],
  [{ project: 'nothing' }, 'LAUNCHPAD_PROJECT_UNKNOWN'],
])('%j fails with %s', async (subject, code) => {
  const world = smallWorld();
  world.people.addTeam('shadow', { owner: 'bob', private: true });
  await bed.reset({ world });
  const { report } = await bed.run({ ...bugs, member: undefined, ...subject });
  expect(report.map(({ outcome, problems }) => [outcome, problems[0]?.code])).toEqual([['failed', code]]);
});

test('a private bug that a member may see is read with the token of a member', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'alice', title: 'Hidden', targets: ['tributary'], informationType: 'Private' });
  const { tokens } = await bed.reset({ world });
  const { key, secret } = tokens.issue('alice', { level: 'READ_PRIVATE' });
  const credentials = () => Promise.resolve({ accessToken: new Secret(key), accessSecret: new Secret(secret) });
  await bed.run(bugs, { source: { credentials } });
  expect(idsOf(await bed.events())).toEqual([`bug-${String(bug.id)}-created`]);
  expect(await bed.dump()).not.toContain(secret);
});

test('something that becomes private between listing and visit is put aside, and the run stays green', async () => {
  const world = smallWorld();
  const [hidden, seen] = ['Hidden', 'Seen'].map((title) => world.bugs.add({ owner: 'alice', title, targets: ['tributary'] }));
  const { faults } = await bed.reset({ world });
  faults.before({ path: `/bugs/${String(hidden?.id)}` }, () => world.bugs.setInformationType(hidden?.id ?? 0, 'Private', { by: 'bob' }));
  const { units, subjects } = await bed.run(bugs);
  expect(idsOf(await bed.events("type = 'bug.created'"))).toEqual([`bug-${String(seen?.id)}-created`]);
  expect([units.private, units.failed, subjects]).toEqual([1, 0, { done: 1, private: 0, gone: 0, failed: 0 }]);
});

test('what a slow run listed long ago does not undo what another run has loaded since', async () => {
  const world = smallWorld();
  const blueprint = world.blueprints.add('tributary', 'tides', { owner: 'alice', at: START });
  const { faults } = await bed.reset({ world });
  const plans = { ...args, flows: ['blueprints', 'bugs'] };
  // With one lane, blueprints are listed before bugs are searched for.
  faults.add({ operation: 'searchTasks' }, { kind: 'delay', millis: 2_000 });
  const slow = bed.run(plans, { lanes: 1 });
  await waitFor('the slow run to wait', () => faults.pending === 0, 10_000);
  world.blueprints.setDefinition(blueprint, 'Approved');
  await bed.run(plans);
  await slow;
  const [created] = await bed.events("type = 'blueprint.created'");
  expect(created?.relation_properties).toMatchObject({ definition_status: 'Approved' });
});

test('8 MB of comments of one member pass, and stay out of the database', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'bob', title: 'Chatty', targets: ['tributary'] });
  const megabyte = 'All of this text is body. '.repeat(40_330);
  for (let index = 0; index < 8; index++) world.bugs.comment(bug, `${megabyte}${String(index)}`, { by: 'alice' });
  await bed.reset({ world });
  const { types } = await bed.run(bugs);
  expect(types).toEqual({ 'bug.commented': 8 });
  expect((await bed.events())[0]?.relation_properties).toMatchObject({ content_size: megabyte.length + 1 });
  expect((await bed.dump()).includes('All of this text is body')).toBe(false);
}, 60_000);

test('bodies are stored when they are asked for', async () => {
  const world = smallWorld();
  const bug = world.bugs.add({ owner: 'alice', title: 'Told', description: 'A long story', targets: ['tributary'] });
  world.bugs.comment(bug, 'A short answer', { by: 'alice' });
  await bed.reset({ world });
  await bed.run({ ...bugs, include_bodies: true });
  const text = JSON.stringify(await bed.events());
  expect([text.includes('A long story'), text.includes('A short answer')]).toEqual([true, true]);
});

test('a distribution: bugs of its packages, questions, uploads to its archives', async () => {
  const world = smallWorld();
  world.bugs.add({ owner: 'bob', title: 'Kernel', targets: ['ubuntu/+source/linux', 'tributary'] });
  world.bugs.add({ owner: 'bob', title: 'Elsewhere', targets: ['tributary'] });
  world.questions.ask({ owner: 'carol', target: 'ubuntu', title: 'Why?' });
  const primary = world.archives.addPrimary('ubuntu');
  for (let index = 0; index < 310; index++) world.archives.upload(primary, { source: 'bash', version: `1.${String(index)}`, by: 'alice' });
  world.archives.upload(primary, { source: 'bash', version: '2', by: 'alice', at: '2026-07-01T00:00:00Z' });
  await bed.reset({ world });
  const { types } = await bed.run({ ...args, member: undefined, project: 'ubuntu' });
  expect(types).toEqual({ 'bug.created': 1, 'question.asked': 1, 'package.uploaded': 310 });
});

test('a project group: all of its projects', async () => {
  const world = smallWorld();
  world.pillars.addGroup('waters', { owner: 'carol' });
  for (const name of ['lagoon', 'fjord']) {
    world.pillars.addProject(name, { owner: 'carol', group: 'waters' });
    world.bugs.add({ owner: 'bob', title: name, targets: [name] });
    world.questions.ask({ owner: 'alice', target: name, title: 'Why?' });
    const repository = world.code.addRepository({ owner: 'bob', project: name, name });
    const source = { kind: 'git', repository, path: 'refs/heads/fix' } as const;
    world.code.propose({ registrant: 'bob', source, target: { ...source, path: 'refs/heads/main' }, needsReview: false });
  }
  world.bugs.add({ owner: 'bob', title: 'Elsewhere', targets: ['tributary'] });
  await bed.reset({ world });
  const { types } = await bed.run({ ...args, member: undefined, project: 'waters' });
  expect(types).toEqual({ 'bug.created': 2, 'question.asked': 2, 'mp.proposed': 2 });
});

test('an earlier version of the service, for the flows that it has', async () => {
  const world = smallWorld();
  world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] });
  propose(world, 'alice', 'alice');
  await bed.reset({ world });
  const { types } = await bed.run({ ...args, version: '1.0', flows: ['bugs', 'merge_proposals'] });
  expect(types).toMatchObject({ 'bug.created': 1, 'mp.proposed': 1 });
});

test('a link that is withheld costs what it leads to, and no more', async () => {
  const world = smallWorld();
  world.bugs.add({ owner: 'alice', title: 'Bug', targets: ['tributary'] });
  world.people.redact('alice', 'ppas_collection_link');
  await bed.reset({ world });
  const { report, types } = await bed.run(args);
  expect(types).toEqual({ 'bug.created': 1 });
  expect(report.map(({ outcome, problems }) => [outcome, problems.map(({ unit, code }) => `${unit} ${code}`)])).toEqual([
    ['done', ['archives:~alice LAUNCHPAD_LINK_REDACTED']],
  ]);
});
