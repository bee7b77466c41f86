import { FlowBed, idsOf } from './flow-bed.js';
import { bug, person, proposal, question, startPlainLaunchpad, task, type Fields, type PlainOptions } from './plain-launchpad.js';
import { smallWorld } from './small-world.js';

// What the look-alike never says: data of Launchpad's first years, and servers that behave in other ways.

let bed: FlowBed;
beforeAll(async () => {
  bed = await FlowBed.start();
  await bed.reset({ world: smallWorld() });
}, 60_000);
afterAll(() => bed.stop());

const args = { member: 'alice', data_date_start: '2026-01-01', data_date_end: '2026-07-01' };
const NUL = '\u0000';

async function run(options: PlainOptions, more: Fields = {}) {
  const server = await startPlainLaunchpad({ ...options, entries: { '~alice': person('alice'), ...options.entries } });
  try {
    await bed.emptyTable();
    const result = await bed.run({ ...args, ...more }, { source: { configuredServiceRoot: server.url } });
    return { ...result, asked: server.questions };
  } finally {
    await server.stop();
  }
}

/** A Launchpad with bugs that alice reported. */
function reported(rows: readonly Fields[], collections: PlainOptions['collections'] = {}): PlainOptions {
  const tasks = rows.map(({ id }) => task(Number(id)));
  return {
    entries: Object.fromEntries(rows.map((row) => [String(row['self_link']), row])),
    collections: { 'bugs?searchTasks': (query) => (query.has('bug_reporter') ? tasks : []), ...collections },
  };
}

const GREEN = { quarantined: 0, subjects: { done: 1, failed: 0, private: 0, gone: 0 } };
const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1) + seconds * 1000).toISOString().replace('.000Z', '+00:00');

test('texts that no database keeps are kept without what makes them so', async () => {
  const activity = { self_link: 'bugs/1/activity', datechanged: at(1), person_link: '~alice', whatchanged: 'shop: status', oldvalue: `N${NUL}w`, newvalue: 'Confirmed' };
  const world = reported([bug(1, { title: `a${NUL}b\ud800c`, tags: [`x${NUL}`] })], {
    'bugs/1/activity': [activity],
    '~alice?searchQuestions': [question(1, { title: `a${NUL}b` })],
  });
  expect(await run(world)).toMatchObject({ ...GREEN, types: { 'bug.created': 1, 'bug.status_changed': 1, 'question.asked': 1 } });
  const [created] = await bed.events("type = 'bug.created'");
  expect(created?.relation_properties).toMatchObject({ title: 'a\ufffdb\ufffdc', tags: ['x\ufffd'] });
});

test('rows without a person, a text or a target are events without them', async () => {
  const world = reported([bug(1)], {
    'bugs?searchTasks': [task(1, { bug_target_name: null, status: null, importance: null, date_closed: at(60) })],
    'bugs/1/activity': [{ self_link: 'bugs/1/activity', datechanged: at(1), person_link: null, whatchanged: null, oldvalue: null, newvalue: null }],
    'bugs/1/messages': [{ self_link: 'bugs/1/comments/1', date_created: at(2), owner_link: '~alice', subject: null, content: null }],
  });
  expect(await run(world)).toMatchObject({ ...GREEN, types: { 'bug.created': 1, 'bug.changed': 1, 'bug.commented': 1, 'bug.closed': 1 } });
});

test('what has no time is in no window, and does not make a run red', async () => {
  const { types, ...result } = await run({
    collections: {
      '~alice?getMergeProposals': [proposal(1, { queue_status: 'Merged', date_merged: null }), proposal(2, { queue_status: 'Approved', date_reviewed: null })],
      '~alice/memberships_details': [
        { self_link: '~t/+member/alice', team_link: '~t', member_link: '~alice', status: 'Approved', date_joined: null },
        { self_link: '~u/+member/alice', team_link: '~u', member_link: '~alice', status: 'Expired', date_joined: at(1), date_expires: null },
      ],
    },
  });
  expect(result).toMatchObject(GREEN);
  expect(types).toEqual({ 'mp.proposed': 2, 'team.joined': 1 });
});

test('a row whose time cannot be read is quarantined, and takes nothing with it', async () => {
  const mp = '~alice/shop/+git/shop/+merge/1';
  const { types, quarantined, units } = await run({
    collections: {
      '~alice?getMergeProposals': [proposal(1, { date_review_requested: null })],
      [`${mp}/all_comments`]: [
        { self_link: `${mp}/comments/5`, date_created: null, author_link: '~alice' },
        { self_link: `${mp}/comments/6`, date_created: at(6), author_link: '~alice', vote: 'Of a kind to come' },
      ],
      '~alice?searchQuestions': [question(1, { date_solved: 'soon' }), question(2, { date_created: '2026-03-01 00:00:00' })],
    },
  });
  expect(types).toEqual({ 'mp.proposed': 1, 'mp.voted': 1, 'question.asked': 1 });
  expect([quarantined, units.failed]).toEqual([2, 0]);
});

test('tasks without a date are found behind hundreds that have one', async () => {
  const tasks = Array.from({ length: 420 }, (_, index) => task(index + 1, { date_created: index % 10 === 0 ? null : at(index) }));
  const time = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : undefined);
  /** As PostgreSQL has it: no comparison holds for what is NULL, which is the greatest when sorted. */
  const search = (query: URLSearchParams): readonly Fields[] => {
    if (!query.has('bug_reporter')) return [];
    const [since, before] = ['created_since', 'created_before'].map((name) => time(JSON.parse(query.get(name) ?? 'null')));
    const place = ({ date_created: date }: Fields) => time(date) ?? Infinity;
    const sign = query.get('order_by')?.includes('-') === true ? -1 : 1;
    return tasks
      .filter(({ date_created: date }) => (since === undefined || (time(date) ?? NaN) > since) && (before === undefined || (time(date) ?? NaN) < before))
      .sort((a, b) => (place(a) === place(b) ? 0 : sign * (place(a) - place(b))));
  };
  const bugs = reported(tasks.map((_, index) => bug(index + 1)));
  const { types } = await run({ ...bugs, most: 100, collections: { 'bugs?searchTasks': search } }, { flows: ['bugs'] });
  expect(types).toEqual({ 'bug.created': 420 });
}, 60_000);

test.each([
  ['merge_proposals', '~alice?getMergeProposals', 'mp.proposed', (index: number) => proposal(index, { date_created: at(-index) })],
  ['questions', '~alice?searchQuestions', 'question.asked', (index: number) => question(index, { date_created: at(index) })],
])('%s of a server that does not know the bounds of their listing are read by position', async (flow, listing, type, row) => {
  const rows = Array.from({ length: 70 }, (_, index) => row(index + 1));
  const { types, asked } = await run({ most: 30, collections: { [listing]: rows } }, { flows: [flow] });
  expect(types).toEqual({ [type]: 70 });
  expect(asked.filter(({ path, query }) => `${path}?${query.get('ws.op') ?? ''}` === listing)).toHaveLength(7);
});

test('a name with a plus, however its link spells it', async () => {
  const { types } = await run(
    { entries: { '~a+b': person('a+b', { self_link: '~a%2Bb' }), 'bugs/1': bug(1, { owner_link: '~a%2Bb' }) }, collections: { 'bugs?searchTasks': [task(1)] } },
    { member: 'a+b' },
  );
  expect(types).toEqual({ 'bug.created': 1 });
});

test.each(['/', '/api/', '/hosted/launchpad/'])('a service root at %s', async (base) => {
  expect(await run({ base, ...reported([bug(1)]) })).toMatchObject({ ...GREEN, types: { 'bug.created': 1 } });
});

test('a window of all years that there are', async () => {
  const { types, asked } = await run(reported([bug(1)]), { data_date_start: '0001-01-01', data_date_end: '9999-12-31' });
  expect(types).toEqual({ 'bug.created': 1 });
  expect(asked.filter(({ query }) => /"0000-/.test(query.get('modified_since') ?? ''))).toEqual([]);
  expect(idsOf(await bed.events())).toEqual(['bug-1-created']);
});
