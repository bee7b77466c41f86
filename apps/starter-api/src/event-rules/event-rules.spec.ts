import { DaprSidecarClient } from '@tributary/clients/dapr';
import { freePorts, startDaprd, type DaprSidecar } from '@tributary/dev/servers';
import { waitFor } from '@tributary/testing/stack';
import { bearer, TEST_APP_TOKEN } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { startEventChannel, type EventChannel } from '../testdata/event-channel.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from '../testdata/fixture.js';

const TOPIC = 'changes';

let fixture: Fixture;
let channel: EventChannel;
let daprd: DaprSidecar;
let dapr: DaprSidecarClient;
let api: ApiUnderTest;
let http: CheckedClient;

const component = (name: string, type: string) => ({ apiVersion: 'dapr.io/v1alpha1', kind: 'Component', metadata: { name }, spec: { type, version: 'v1', metadata: [] } });
const untilTaken = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Resiliency',
  metadata: { name: 'events' },
  spec: {
    policies: { retries: { untilTaken: { policy: 'constant', duration: '200ms', maxRetries: -1 } } },
    targets: { components: { events: { inbound: { retry: 'untilTaken' } } } },
  },
};

async function startApi(): Promise<void> {
  api = await fixture.startApi({ state: dapr.stateStore('state'), events: { bus: dapr.eventBus('events'), pubsub: 'events', topics: [TOPIC] } });
  channel.api = api.url;
  http = await CheckedClient.of(api.url);
}

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.startWorker();
  channel = await startEventChannel('events', [`${TOPIC}-dead-letter`]);
  const [grpcPort = 0, httpPort = 0] = await freePorts(2);
  dapr = new DaprSidecarClient({ grpcPort, httpPort });
  await startApi();
  daprd = await startDaprd({
    appId: 'starter-api',
    appPort: channel.port,
    grpcPort,
    httpPort,
    components: [component('state', 'state.in-memory'), component('events', 'pubsub.in-memory'), untilTaken],
    env: { APP_API_TOKEN: TEST_APP_TOKEN },
  });
  await waitFor('the subscription', async () => {
    const metadata = (await (await fetch(`http://127.0.0.1:${httpPort}/v1.0/metadata`)).json()) as { subscriptions?: unknown[] };
    return metadata.subscriptions?.length === 2;
  });
}, 120_000);

afterAll(async () => {
  await daprd.stop();
  dapr.close();
  channel.stop();
  await fixture.stop();
}, 60_000);

const put = (name: string, rule: object, headers: Record<string, string> = { 'if-none-match': '*' }, path = '/v1/event-rules') =>
  http.call('PUT', `${path}/${name}`, { headers: { ...bearer(), 'content-type': 'application/json', ...headers }, body: JSON.stringify(rule) });
const ruleFor = (type: string, more: object = {}) => ({
  topic: TOPIC,
  match: { type },
  start: { runType: 'extract-sql-metadata', input: { ...inputFor('publish', 'x'), connection: { name: 'publish', qualifiedName: { $event: '/data/connection' } } } },
  ...more,
});
const event = (type: string, id: string, data: unknown = { connection: `default/postgres/${type}-${id}` }) => ({ id, source: 'catalog', type, data });
const publish = (...events: ReturnType<typeof event>[]) => Promise.all(events.map((each) => dapr.eventBus('events').publish(TOPIC, each)));
/** Runs of a connection, by Temporal itself. */
async function runsOf(connection: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId, memo } of fixture.client.workflow.list()) if (memo?.['connection'] === connection) found.push(workflowId);
  return found;
}
const letterOf = (code: string) => channel.letters.map(({ data }) => data as { reason: { code: string } }).find(({ reason }) => reason?.code === code);

describe('an event', () => {
  it('starts once, however often and at the same time it is delivered', async () => {
    expect((await put('once', ruleFor('once'))).status).toBe(201);
    const same = event('once', '1');
    const before = channel.delivered.length;
    await publish(...Array.from({ length: 6 }, () => same), event('once', '2'), event('other', '3'));
    // And beside the sidecar, all at once.
    const deliver = () =>
      fetch(`${api.url}/dapr/events/${TOPIC}`, { method: 'POST', headers: { 'dapr-api-token': TEST_APP_TOKEN, 'content-type': 'application/cloudevents+json' }, body: JSON.stringify({ specversion: '1.0', ...same }) });
    await Promise.all(Array.from({ length: 6 }, deliver));
    await waitFor('all deliveries', () => channel.delivered.length >= before + 8);
    await waitFor('the run', async () => (await runsOf('default/postgres/once-2')).length === 1);
    expect(await runsOf('default/postgres/once-1')).toHaveLength(1);
    expect(await runsOf('default/postgres/other-3')).toEqual([]);
  });

  it('is matched by its data, and starts a saved configuration', async () => {
    expect((await put('saved', { runType: 'extract-sql-metadata', input: inputFor('publish', 'saved') }, { 'if-none-match': '*' }, '/v1/configurations')).status).toBe(201);
    await put('by-data', { topic: TOPIC, match: { data: { '/what/kind': 'table', '/big': true } }, start: { configuration: 'saved' } });
    await publish(event('data', '1', { what: { kind: 'view' }, big: true }), event('data', '2', { what: { kind: 'table' }, big: true }));
    await waitFor('the run', async () => (await runsOf('default/postgres/saved')).length === 1);
    // Once it is gone, its events are dead letters.
    await http.call('DELETE', '/v1/configurations/saved', { headers: { ...bearer(), 'if-match': '*' } });
    await publish(event('data', '3', { what: { kind: 'table' }, big: true }));
    await waitFor('the dead letter', () => letterOf('CONFIGURATION_UNKNOWN') !== undefined);
    expect(letterOf('CONFIGURATION_UNKNOWN')).toMatchObject({ topic: TOPIC, rule: 'by-data', event: { id: '3', source: 'catalog', data: { big: true } } });
  });

  it('that can never be handled is a dead letter with its reason', async () => {
    await put('poison', ruleFor('poison'));
    await publish(event('poison', 'missing', { other: 1 }), event('poison', 'unfit', { connection: 'no name' }), event('poison', 'credential', { connection: 'default/postgres/p', password: 'hunter2' }));
    for (const code of ['EVENT_VALUE_MISSING', 'EVENT_INPUT_INVALID', 'EVENT_HOLDS_CREDENTIAL']) await waitFor(code, () => letterOf(code) !== undefined);
    expect(JSON.stringify(channel.letters)).not.toContain('hunter2');
    const raw = (contentType: string, body: string) => fetch(`http://127.0.0.1:${daprd.httpPort}/v1.0/publish/events/${TOPIC}?metadata.cloudevent.type=poison`, { method: 'POST', headers: { 'content-type': contentType }, body });
    expect((await raw('text/plain', 'words')).status).toBe(204);
    await waitFor('text', () => letterOf('EVENT_DATA_NOT_JSON') !== undefined);
    expect((await raw('application/json', JSON.stringify({ connection: 'x'.repeat(300_000) }))).status).toBe(204);
    await waitFor('size', () => letterOf('EVENT_TOO_LARGE') !== undefined);
    expect(JSON.stringify(letterOf('EVENT_TOO_LARGE')).length).toBeLessThan(2_000);
  });

  it('outlives an API that is down and a Temporal that does not answer', async () => {
    await put('patient', ruleFor('patient'));
    channel.api = undefined;
    await api.close();
    await publish(event('patient', 'api'));
    await startApi();
    await waitFor('the run', async () => (await runsOf('default/postgres/patient-api')).length === 1);

    process.kill(fixture.temporal.pid, 'SIGSTOP');
    try {
      await publish(event('patient', 'temporal'));
      await waitFor('the refusal', () => api.lines.some((line) => line.includes('event to be delivered again')), 20_000);
    } finally {
      process.kill(fixture.temporal.pid, 'SIGCONT');
    }
    await waitFor('the run', async () => (await runsOf('default/postgres/patient-temporal')).length === 1, 20_000);
    expect(letterOf('API_TEMPORAL_UNAVAILABLE')).toBeUndefined();
  }, 60_000);

  it('is taken from the sidecar alone, and of its topics alone', async () => {
    const send = (topic: string, headers: Record<string, string>) => fetch(`${api.url}/dapr/events/${topic}`, { method: 'POST', headers, body: '{}' });
    expect((await send(TOPIC, {})).status).toBe(401);
    expect([401, 403]).toContain((await send(TOPIC, bearer())).status);
    expect((await send('elsewhere', { 'dapr-api-token': TEST_APP_TOKEN })).status).toBe(404);
  });
});

describe('a rule', () => {
  it('is read, changed and deleted by its ETag', async () => {
    const made = await put('life', ruleFor('life', { description: 'first' }));
    expect(made).toMatchObject({ status: 201, body: { name: 'life', description: 'first', links: { self: '/v1/event-rules/life' } } });
    expect((await http.get('/v1/event-rules/life')).body).toEqual(made.body);
    const etag = made.headers.get('etag') ?? '';
    expect((await put('life', ruleFor('life'), { 'if-match': etag })).status).toBe(200);
    expect((await put('life', ruleFor('life'), { 'if-match': etag })).status).toBe(412);
    expect((await http.get<{ eventRules: { name: string }[] }>('/v1/event-rules')).body.eventRules.map(({ name }) => name)).toContain('life');
    expect((await http.call('DELETE', '/v1/event-rules/life', { headers: { 'if-match': '*' } })).status).toBe(204);
    expect(await http.get('/v1/event-rules/life')).toMatchObject({ status: 404, body: { code: 'EVENT_RULE_UNKNOWN' } });
  });

  it.each<[string, object, number, string]>([
    ['another topic', { topic: 'elsewhere' }, 400, 'EVENT_TOPIC_UNSUBSCRIBED'],
    ['an unknown run type', { start: { runType: 'nothing', input: {} } }, 400, 'API_INPUT_INVALID'],
    ['an unknown configuration', { start: { configuration: 'nothing' } }, 404, 'CONFIGURATION_UNKNOWN'],
    ['both', { start: { configuration: 'a', runType: 'mock-flow' } }, 400, 'API_INPUT_INVALID'],
    ['neither', { start: {} }, 400, 'API_INPUT_INVALID'],
    ['an input that fits no event', { start: { runType: 'extract-sql-metadata', input: { connection: { $event: '/data' } } } }, 400, 'API_INPUT_INVALID'],
    ['a place that is none', { start: { runType: 'mock-flow', input: { type: { $event: '/elsewhere' } } } }, 400, 'API_INPUT_INVALID'],
    ['a credential', { start: { runType: 'extract-sql-metadata', input: { source: { password: { $event: '/data/password' } } } } }, 400, 'INPUT_HOLDS_CREDENTIAL'],
  ])('with %s is refused', async (_, more, status, code) => {
    expect(await put('refused', { ...ruleFor('refused'), ...more })).toMatchObject({ status, body: { code } });
    expect((await http.get('/v1/event-rules/refused')).status).toBe(404);
  });
});
