import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectClient, type ConnectedClient } from '@tributary/clients/temporal';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { startTcpProxy, type TcpProxy } from '@tributary/testing/faults';
import { launchBuiltApi, waitFor, type BuiltApi } from '@tributary/testing/stack';
import { entityTypeOf } from '../entities/entity-types.js';
import type { Run } from '../schemas.js';
import { openEvents, type EventReader } from '../testdata/event-reader.js';
import { inputFor } from '../testdata/fixture.js';

/** Deadline of a call to Temporal, and as much again for a busy machine. */
const ANSWER_WITHIN_MS = 10_000;
/** Grace of the API, and time for its process to go. */
const END_WITHIN_MS = 12_000;

interface Operations {
  readonly paths: Readonly<Record<string, { readonly get?: object }>>;
}

describe('the built API', () => {
  let folder: string;
  let temporal: TemporalServer;
  let proxy: TcpProxy;
  let client: ConnectedClient;
  let started = 0;
  const apis: BuiltApi[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-api-faults-'));
    temporal = await startTemporal();
    proxy = await startTcpProxy(temporal.address);
    client = await connectClient({ address: temporal.address, namespace: temporal.namespace });
  }, 60_000);

  afterEach(async () => {
    proxy.thaw();
    for (const api of apis.splice(0)) await api.kill();
  });

  afterAll(async () => {
    await client?.close();
    await proxy?.stop();
    await temporal?.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function launch(address = proxy.address): Promise<BuiltApi> {
    const environment = { TEMPORAL_ADDRESS: address, TRIBUTARY_OBJECT_STORE_URL: pathToFileURL(join(folder, 'objects')).href };
    const api = await launchBuiltApi({ environment, logFile: join(folder, `api-${String(++started)}.log`) });
    apis.push(api);
    return api;
  }

  async function start(): Promise<BuiltApi> {
    const api = await launch();
    await api.ready();
    return api;
  }

  async function post<T>(api: BuiltApi, path: string, body: object): Promise<{ status: number; body: T }> {
    const answer = await api.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  /** Starts a run that no worker takes, and so goes on. */
  async function startRun(api: BuiltApi, name: string): Promise<Run> {
    const { status, body } = await post<Run>(api, '/v1/runs/extract-sql-metadata', inputFor('wait', name));
    expect(status).toBe(202);
    return body;
  }

  /** A stream of a run, and one of an entity, both of which nobody works on. */
  async function openStreams(api: BuiltApi, name: string): Promise<{ run: Run; streams: [EventReader, EventReader] }> {
    const run = await startRun(api, name);
    await client.workflow.start(entityTypeOf('organization').definition.name, { workflowId: `Organization/${name}`, taskQueue: 'nobody' });
    const open = (path: string): Promise<EventReader> => openEvents(`${api.url}${path}`, api.key);
    const streams = await Promise.all([open(run.links.progress), open(`/v1/entities/organization/${name}/changes`)]);
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    return { run, streams };
  }

  /** Every GET of the document but downloads of a site, with a name for each parameter. */
  async function readsOf(api: BuiltApi): Promise<string[]> {
    const { paths } = (await (await api.fetch('/openapi.json')).json()) as Operations;
    const reads = Object.entries(paths).filter(([, { get }]) => get);
    return reads.map(([path]) => path.replace('{type}', 'organization').replaceAll(/\{\w+\}/g, 'some'));
  }

  it('answers each request within its deadline while Temporal is silent, keeps its streams, and serves again after it', async () => {
    const api = await start();
    const { run, streams } = await openStreams(api, 'silent');
    const reads = await readsOf(api);
    expect(reads.length).toBeGreaterThan(15);
    proxy.freeze();
    const since = performance.now();
    const answers = await Promise.all([
      ...reads.map((path) => api.fetch(path)),
      api.fetch('/v1/runs/some/cancel', { method: 'POST' }),
      api.fetch('/v1/runs/extract-sql-metadata', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(inputFor('wait', 'unanswered')) }),
    ]);
    expect(performance.now() - since).toBeLessThan(ANSWER_WITHIN_MS);
    const codes = new Set<string>();
    for (const answer of answers) {
      const body = await answer.text();
      if (answer.status < 500) continue;
      expect([answer.url, answer.status, answer.headers.get('retry-after')]).toEqual([answer.url, 503, expect.stringMatching(/^\d+$/)]);
      expect(body).not.toContain(proxy.address);
      codes.add((JSON.parse(body) as { code: string }).code);
    }
    expect(codes).toContain('API_TEMPORAL_UNAVAILABLE');
    expect([(await fetch(`${api.url}/readyz`)).status, (await fetch(`${api.url}/livez`)).status]).toEqual([503, 200]);
    proxy.thaw();
    const thawed = performance.now();
    await api.ready();
    expect(performance.now() - thawed).toBeLessThan(ANSWER_WITHIN_MS);
    expect((await api.fetch('/v1/runs')).status).toBe(200);
    // The stream of before goes on.
    await client.workflow.getHandle(run.workflowId).terminate();
    await streams[0].next(({ name }) => name === 'end');
  }, 90_000);

  it('ends its streams on SIGTERM, answers what it serves, takes no more, and exits 0 within its grace', async () => {
    const api = await start();
    const { streams } = await openStreams(api, 'told');
    proxy.freeze();
    const underway = api.fetch('/v1/runs').then(({ status }) => status);
    await waitFor('the request to be served', () => fetch(`${api.url}/livez`).then(({ ok }) => ok));
    const since = performance.now();
    api.signal('SIGTERM');
    await Promise.all(streams.map((stream) => stream.closed()));
    await expect(fetch(`${api.url}/livez`)).rejects.toThrow();
    expect(await underway).toBe(503);
    expect(await api.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(END_WITHIN_MS);
  }, 60_000);

  it('ends at once on a second SIGTERM, with what it serves cut off', async () => {
    const api = await start();
    proxy.freeze();
    const cutOff = expect(api.fetch('/v1/runs')).rejects.toThrow();
    await waitFor('the request to be served', () => fetch(`${api.url}/livez`).then(({ ok }) => ok));
    const since = performance.now();
    api.signal('SIGTERM');
    await waitFor('the end to begin', () => api.log().includes('"stopping"'));
    api.signal('SIGTERM');
    expect(await api.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - since).toBeLessThan(4_000);
    await cutOff;
  }, 60_000);

  it('ends at once with 0 when it is told to while it starts', async () => {
    const silent = await startTcpProxy(temporal.address);
    silent.freeze();
    try {
      const api = await launch(silent.address);
      await waitFor('its first connection', () => silent.connections > 0);
      api.signal('SIGTERM');
      expect(await api.exited).toEqual({ code: 0, signal: null });
    } finally {
      await silent.stop();
    }
  }, 60_000);

  it('breaks its streams off when it is killed with -9, and another one goes on with all there is', async () => {
    const api = await start();
    const { run, streams } = await openStreams(api, 'killed');
    await api.kill();
    await Promise.all(streams.map((stream) => stream.closed()));
    const next = await start();
    const stream = await openEvents(`${next.url}${run.links.progress}`, next.key);
    await stream.next(({ name }) => name === 'unavailable');
    stream.leave();
  }, 60_000);
});
