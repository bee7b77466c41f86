import { Secret } from '@tributary/common';
import { FlowBed, idsOf } from './flow-bed.js';
import { bug, person, proposal, question, startPlainLaunchpad, task, type Fields, type PlainLaunchpad, type PlainOptions } from './plain-launchpad.js';
import { smallWorld } from './small-world.js';

// Servers that refuse, misdirect and tell the time in their own ways.

let bed: FlowBed;
let server: PlainLaunchpad;
beforeAll(async () => {
  bed = await FlowBed.start();
}, 60_000);
beforeEach(() => bed.reset({ world: smallWorld() }));
afterEach(() => server.stop());
afterAll(() => bed.stop());

const args = { member: 'alice', data_date_start: '2026-01-01', data_date_end: '2026-07-01' };
const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1) + seconds * 1000).toISOString().replace('.000Z', '+00:00');
const credentials = () => Promise.resolve({ accessToken: new Secret('token-canary'), accessSecret: new Secret('secret-canary') });

async function serve(options: PlainOptions): Promise<PlainLaunchpad> {
  server = await startPlainLaunchpad({ ...options, entries: { '~alice': person('alice'), ...options.entries } });
  return server;
}

const run = (more: Fields = {}, flow: Parameters<FlowBed['run']>[1] = {}) =>
  bed.run({ ...args, ...more }, { ...flow, source: { configuredServiceRoot: server.url, ...flow.source } });

/** Bugs that alice reported. */
function bugs(count: number, more: (id: number) => Fields = () => ({})): PlainOptions {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const tasks = ids.map((id) => task(id, { date_created: at(id) }));
  return {
    entries: Object.fromEntries(ids.map((id) => [`bugs/${String(id)}`, bug(id, more(id))])),
    collections: { 'bugs?searchTasks': (query) => (query.has('bug_reporter') ? tasks : []) },
  };
}

test.each(['1', '900', new Date(Date.now() + 900_000).toUTCString(), 'in a while', '-5'])(
  'every third request refused with 429 and Retry-After %s loses nothing',
  async (after) => {
    let count = 0;
    const few = after === '1' ? 3 : 40;
    await serve({ ...bugs(few), instead: () => (++count % 3 === 0 ? { status: 429, headers: { 'retry-after': after }, body: 'Slow down' } : undefined) });
    const { types, units } = await run({ flows: ['bugs'] });
    expect([types, units.failed]).toEqual([{ 'bug.created': few }, 0]);
  },
  60_000,
);

test('a token that is refused in the middle of a run, in words of its own, ends the run', async () => {
  let count = 0;
  await serve({ ...bugs(40), instead: () => (++count > 30 ? { status: 401, body: '<html>Go away</html>', headers: { 'content-type': 'text/html' } } : undefined) });
  await expect(run({}, { source: { credentials } })).rejects.toMatchObject({ code: 'LAUNCHPAD_UNAUTHORIZED' });
});

test('an input that calls itself otherwise is read with the token’s own application name, and anonymously under its own', async () => {
  const { questions } = await serve(bugs(1));
  const consumers = (from: number) => new Set(questions.slice(from).map(({ headers }) => /oauth_consumer_key="([^"]*)"/.exec(headers.authorization ?? '')?.[1]));
  await run({ application_name: 'my-app' }, { source: { credentials } });
  expect(consumers(0)).toEqual(new Set(['tributary']));
  const signed = questions.length;
  await run({ application_name: 'my-app' });
  expect(consumers(signed)).toEqual(new Set(['my-app']));
});

test('a token that may not read something private goes on with the rest', async () => {
  await serve({ ...bugs(3), instead: ({ path }) => (path === 'bugs/2' ? { status: 401, body: '(<Bug at 0x7f>, "title", "launchpad.View")' } : undefined) });
  const { types, units } = await run({}, { source: { credentials } });
  expect([types, units]).toEqual([{ 'bug.created': 2 }, expect.objectContaining({ private: 1, failed: 0 })]);
});

test('links and redirects to another host are told, not followed; the rest is loaded', async () => {
  const elsewhere = await startPlainLaunchpad({});
  try {
    const foreign = `${elsewhere.url}devel/bugs/1/activity`;
    await serve({
      ...bugs(4, (id) => (id === 1 ? { activity_collection_link: foreign } : {})),
      instead: ({ path }) => (path === 'bugs/2' ? { status: 301, headers: { location: `${elsewhere.url}devel/bugs/2` } } : undefined),
    });
    const { types, report } = await run({}, { source: { credentials } });
    expect(types).toEqual({ 'bug.created': 3 });
    expect(report.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual(['LAUNCHPAD_FOREIGN_LINK']);
    expect(elsewhere.questions).toEqual([]);
    expect(await bed.dump()).not.toContain('canary');
  } finally {
    await elsewhere.stop();
  }
});

test('entries that come on two pages, and pages that come no more', async () => {
  const rows = Array.from({ length: 90 }, (_, index) => question(index + 1, { date_created: at(index) }));
  let asked = 0;
  await serve({
    most: 30,
    collections: {
      '~alice?searchQuestions': () => (asked++ === 0 ? rows : []),
      '~alice?getRequestedReviews': [proposal(1), proposal(2), proposal(2), proposal(1)],
    },
  });
  expect((await run()).types).toEqual({ 'question.asked': 30, 'mp.proposed': 2 });
});

test('a server that fails for large pages is not asked for them again and again', async () => {
  const rows = Array.from({ length: 500 }, (_, index) => question(index + 1, { date_created: at(index) }));
  const sizes: number[] = [];
  await serve({
    collections: {
      '~alice?searchQuestions': (query) => rows.filter(({ date_created: date }) => String(date) > String(JSON.parse(query.get('created_since') ?? '""'))),
    },
    instead({ query }) {
      if (query.get('ws.op') !== 'searchQuestions') return undefined;
      sizes.push(Number(query.get('ws.size')));
      return Number(query.get('ws.size')) > 100 ? { status: 503, body: 'Timeout' } : undefined;
    },
  });
  const { types } = await run({ flows: ['questions'] });
  expect(types).toEqual({ 'question.asked': 500 });
  // After a few good pages it is tried again whether larger ones are possible.
  expect(sizes.filter((size) => size > 100).length).toBeLessThan(8);
}, 60_000);

test.each([
  ['behind', 600_000, '2026-10-31T23:44:50', '2026-10-31T23:45:01'],
  ['ahead', -600_000, '2026-10-31T23:55:00', '2026-10-31T23:55:01'],
])('an incremental run looks back far enough when the server’s clock is 10 minutes %s', async (_, behindMs, from, to) => {
  const { questions } = await serve({ ...bugs(1), behindMs });
  const incremental = { data_date_end: undefined, incremental: true, flows: ['bugs'] };
  await run(incremental, { startedAt: new Date('2026-11-01T00:00:00.500Z') });
  const before = questions.length;
  await run(incremental, { startedAt: new Date('2026-11-01T01:00:00Z') });
  const since = questions.slice(before).flatMap(({ query }) => JSON.parse(query.get('modified_since') ?? '[]') as string);
  expect(since.length).toBeGreaterThan(1);
  expect(since.filter((time) => time < from || time > to)).toEqual([]);
  expect(idsOf(await bed.events())).toEqual(['bug-1-created']);
});
