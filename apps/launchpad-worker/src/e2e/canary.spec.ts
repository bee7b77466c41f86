import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createWorld, startLaunchpad, type LaunchpadServer, type World } from '@tributary/testing/launchpad';
import { collectPlaces, placesWith, startBuiltApi, startOtlpCollector, type BuiltApi, type Places } from '@tributary/testing/stack';
import { LAUNCHPAD_QUERY, type LaunchpadQueryArgs } from '@tributary/workflow-contracts/etl';
import { LaunchpadBed } from './launchpad-bed.js';

// Characters that URL encoding, JSON and base64 all change.
const makeSecret = (): string => `c/ry "${randomBytes(16).toString('hex')}" +%ü`;
const AT = '2026-05-05T05:05:05.000001Z';
const WINDOW = { data_date_start: '2026-05-01', data_date_end: '2026-06-01' };
const TABLES = ['events', 'flow_runs', 'flow_units', 'flow_edges', 'flow_subjects', 'flow_quarantine', 'flow_remembered', 'flow_marks', 'flow_memory'];

/** Whose events are loaded. */
const SUBJECT = { name: 'xaver-canary', displayName: 'Xaver Sieglinde' };
/** Who has to do with them, and is no subject. */
const OTHER = { name: 'wolfgang-canary', displayName: 'Wolfgang Ottilie' };
const BODIES = { description: 'zinnober description', bug: 'zinnober comment', review: 'zinnober review', inline: 'zinnober inline', answer: 'zinnober answer' };

describe('secrets, bodies and names of people', () => {
  const password = makeSecret();
  const identityKey = makeSecret();
  let launchpad: LaunchpadServer;
  let token: { readonly key: string; readonly secret: string };
  let bed: LaunchpadBed;
  let api: BuiltApi;
  let collector: Awaited<ReturnType<typeof startOtlpCollector>>;
  const bodies: Buffer[] = [];

  beforeAll(async () => {
    launchpad = await startLaunchpad({ world: canaryWorld() });
    token = launchpad.tokens.issue(SUBJECT.name);
    collector = await startOtlpCollector();
    const environment = { TRIBUTARY_LOG_LEVEL: 'trace', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    bed = await LaunchpadBed.start({ serviceRoot: launchpad.url, credentials: token, databasePassword: password, identityKey, environment });
    api = await startBuiltApi({ environment: { ...bed.stack.environment, ...environment }, logFile: join(bed.stack.folder, 'api.log') });
  }, 120_000);

  afterAll(async () => {
    await api?.stop();
    await bed?.stop();
    collector?.stop();
    await launchpad?.stop();
  }, 60_000);

  async function call(path: string, init?: RequestInit): Promise<{ status: number; workflowId?: string; code?: string }> {
    const response = await api.fetch(path, init);
    const body = Buffer.from(await response.arrayBuffer());
    bodies.push(body);
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, ...(json ? (JSON.parse(body.toString()) as object) : {}) };
  }

  const post = (args: Partial<LaunchpadQueryArgs> & Record<string, unknown>) =>
    call('/v1/runs/etl-flow', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: LAUNCHPAD_QUERY, args }) });

  /** Runs a flow through the API to its end, and reads of it all there is to read. */
  async function run(args: Partial<LaunchpadQueryArgs>): Promise<string> {
    const { workflowId = '' } = await post({ member: SUBJECT.name, ...args });
    const handle = bed.client.workflow.getHandle(workflowId);
    const failure = await handle.result().then(() => '', (error: unknown) => JSON.stringify(error, Object.getOwnPropertyNames(error)));
    for (const part of ['', '/progress', '/artifacts']) await call(`/v1/runs/${workflowId}${part}`);
    bodies.push(Buffer.from(JSON.stringify(await handle.fetchHistory(), (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value))));
    bodies.push(Buffer.from(JSON.stringify(await handle.describe(), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))));
    return failure;
  }

  /** Ends the worker, so that its last traces and logs are out, and looks everywhere. */
  async function look(): Promise<Places> {
    await bed.restart();
    const queries = Object.fromEntries(TABLES.map((table) => [`table ${table}`, { url: bed.databaseUrl, sql: `SELECT * FROM tributary.${table}` }]));
    const received = { 'HTTP bodies and histories': bodies, traces: collector.bodies };
    return collectPlaces({ stack: bed.stack, apps: [bed.worker, api], queries, received });
  }

  it('are nowhere where they are not meant to be, after success, a refused input and an expired token', async () => {
    expect(await run(WINDOW)).toBe('');
    expect(await run({ data_date_start: WINDOW.data_date_start, incremental: true })).toBe('');
    // By mistake in the clear: the API refuses it, and repeats it to nobody.
    expect(await post({ member: SUBJECT.name, ...WINDOW, access_secret: token.secret })).toMatchObject({ status: 400, code: 'INPUT_HOLDS_CREDENTIAL' });
    launchpad.tokens.expire(token.key);
    expect(await run(WINDOW)).toContain('Expired token');

    const found = await look();
    for (const secret of [token.key, token.secret, password, identityKey, api.key]) expect(placesWith(found, secret)).toEqual([]);
    for (const body of Object.values(BODIES)) expect([body, placesWith(found, body)]).toEqual([body, []]);
    for (const text of [OTHER.name, OTHER.displayName, SUBJECT.displayName]) expect([text, placesWith(found, text)]).toEqual([text, []]);
    const withSubject = placesWith(found, SUBJECT.name);
    expect(withSubject).not.toContain('table events');

    // The search would have found them: it finds what is allowed to be there.
    expect(withSubject).toEqual(expect.arrayContaining(['temporal.sqlite', 'HTTP bodies and histories', 'table flow_subjects']));
    expect(placesWith(found, 'bug.commented')).toEqual(expect.arrayContaining(['table events', 'HTTP bodies and histories']));
    expect(placesWith(found, 'runStage')).toEqual(expect.arrayContaining(['worker.log', 'traces']));
    const types = (await bed.events()).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['bug.created', 'bug.commented', 'bug.assigned', 'mp.commented', 'mp.inline_commented', 'question.asked']));
    expect(JSON.stringify(await bed.events())).toMatch(/"h-[\w-]{22}"/);
  }, 120_000);

  it('stand in the table of events alone when bodies are asked for', async () => {
    const fresh = launchpad.tokens.issue(SUBJECT.name);
    await bed.replaceToken(fresh);
    expect(await run({ ...WINDOW, include_bodies: true })).toBe('');
    const found = await look();
    for (const body of Object.values(BODIES)) expect([body, placesWith(found, body)]).toEqual([body, ['table events']]);
    for (const text of [fresh.secret, OTHER.name]) expect(placesWith(found, text)).toEqual([]);
  }, 120_000);
});

/** What the subject and the other one do together, beside a small world. */
function canaryWorld(): World {
  const world = createWorld({ seed: 2, people: 6, bugs: 5, proposals: 3, questions: 3 });
  const before = '2020-01-01T00:00:00Z';
  const subject = world.people.add(SUBJECT.name, { displayName: SUBJECT.displayName, at: before });
  const other = world.people.add(OTHER.name, { displayName: OTHER.displayName, at: before });
  const act = (by: typeof subject) => ({ by, at: AT });
  const bug = world.bugs.add({ owner: subject, title: 'A title', description: BODIES.description, targets: ['tributary'], at: AT });
  world.bugs.comment(bug, BODIES.bug, act(subject));
  world.bugs.comment(bug, BODIES.bug, act(other));
  world.bugs.assign(world.bugs.task(bug), other, act(subject));
  world.bugs.assign(world.bugs.task(bug), subject, act(other));
  const repository = world.code.addRepository({ owner: subject, project: 'tributary', name: 'canary', at: AT });
  const proposal = world.code.propose({
    registrant: subject,
    source: { kind: 'git', repository, path: 'refs/heads/a' },
    target: { kind: 'git', repository, path: 'refs/heads/main' },
    description: BODIES.description,
    at: AT,
  });
  world.code.requestReview(proposal, other, act(subject));
  world.code.comment(proposal, BODIES.review, act(subject));
  world.code.comment(proposal, BODIES.review, { ...act(other), vote: 'Approve' });
  world.code.commentInline(world.code.addDiff(proposal, { added: 1, removed: 1, at: AT }), 1, BODIES.inline, act(subject));
  const question = world.questions.ask({ owner: subject, target: 'tributary', title: 'Why', description: BODIES.description, at: AT });
  world.questions.message(question, 'Comment', { ...act(subject), content: BODIES.answer });
  return world;
}
