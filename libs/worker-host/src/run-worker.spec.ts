import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationFailure, Client, Connection, type WorkflowFailedError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { TASK_QUEUE, buildBundle, eventually, gate, startHost, type HostOptions, type HostUnderTest } from './testdata/harness.js';

jest.setTimeout(120_000);

const PASSWORD = 'p@ss "w0rd"/Zürich';
let folder: string;
let server: TemporalServer;
let connection: Connection;
let client: Client;
let bundle: Awaited<ReturnType<typeof buildBundle>>;
const hosts: HostUnderTest[] = [];
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-host-'));
  [server, bundle] = await Promise.all([startTemporal({ dbFile: join(folder, 'temporal.db') }), buildBundle()]);
  connection = await Connection.connect({ address: server.address });
  client = new Client({ connection });
});

afterEach(async () => {
  for (const host of hosts.splice(0)) await stop(host);
});

afterAll(async () => {
  await connection?.close();
  await server?.stop();
  await bundle?.remove();
  await rm(folder, { recursive: true, force: true });
});

function host(options: Partial<HostOptions> = {}): HostUnderTest {
  const started = startHost({ address: server.address, codePath: bundle.codePath, password: PASSWORD, ...options });
  hosts.push(started);
  return started;
}

/** Only one worker runs at a time in this process: Temporal's runtime and the signals are the process's own. */
async function stop(started: HostUnderTest): Promise<number> {
  const ended = await Promise.race([started.exit.then(() => true), new Promise((resolve) => setImmediate(resolve, false))]);
  // A second signal would end the process of the tests.
  if (!ended && !started.lines.some((line) => line.includes('Shutting down'))) process.emit('SIGTERM');
  return started.exit;
}

const ready = (started: HostUnderTest): Promise<unknown> =>
  eventually('readiness', async () => (await started.get('/readyz')).status === 200);

const start = (workflow: string, ...args: unknown[]) =>
  client.workflow.start(workflow, { taskQueue: TASK_QUEUE, workflowId: `${workflow}-${++runs}`, args });

async function failureOf(workflow: string, ...args: unknown[]): Promise<{ failure: ApplicationFailure; history: string }> {
  const handle = await start(workflow, ...args);
  const error: unknown = await handle.result().catch((thrown: unknown) => thrown);
  let failure = (error as WorkflowFailedError).cause;
  while (failure && !(failure instanceof ApplicationFailure)) failure = failure.cause as Error;
  return { failure: failure as ApplicationFailure, history: textOf(await handle.fetchHistory()) };
}

/** A history as text, with its payloads readable. */
function textOf(history: unknown): string {
  return JSON.stringify(history, (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value));
}

describe('readiness', () => {
  it('turns true once the server sees the polls, and false at once on SIGTERM', async () => {
    const worker = host();
    expect((await worker.get('/readyz')).status).toBe(503);
    expect(JSON.parse((await worker.get('/livez')).body)).toEqual({ alive: true, app: 'fixture', version: '1.2.3' });
    await ready(worker);
    const end = gate<void>();
    worker.control.release = end.opened;
    const handle = await start('runActivity', 'block', 'drained');
    await eventually('the activity', () => worker.control.started.includes('drained'));
    process.emit('SIGTERM');
    expect(await worker.get('/readyz')).toEqual({ status: 503, body: '{"ready":false,"reason":"shutting down"}' });
    end.open();
    expect(await worker.exit).toBe(0);
    host();
    expect(await handle.result()).toBe('finished drained');
    expect((await handle.fetchHistory()).events?.filter((event) => event.activityTaskStartedEventAttributes?.attempt === 1)).toHaveLength(1);
  });

  it('turns false when the server is gone, and true again when it is back', async () => {
    const worker = host();
    await ready(worker);
    const port = Number(server.address.split(':')[1]);
    await server.kill();
    const body = await eventually('unreadiness', async () => {
      const page = await worker.get('/readyz');
      return page.status === 503 && page.body;
    });
    expect(body).toContain('the Temporal server does not answer');
    server = await startTemporal({ dbFile: join(folder, 'temporal.db'), port });
    await ready(worker);
    expect(await (await eventually('a start', () => start('runActivity', 'echo', 'again'))).result()).toBe('again');
  });
});

it('is not ready while the sidecar is away, and says so', async () => {
  let away = false;
  const worker = host({ overrides: { waitForSidecar: () => (away ? Promise.reject(new Error('nobody there')) : Promise.resolve()) } });
  await ready(worker);
  away = true;
  const body = await eventually('unreadiness', async () => {
    const page = await worker.get('/readyz');
    return page.status === 503 ? page.body : '';
  });
  expect(JSON.parse(body)).toEqual({ ready: false, reason: 'the Dapr sidecar does not answer: nobody there' });
  away = false;
  await ready(worker);
});

describe('draining', () => {
  it('hands an activity that was stopped to the next worker, with its cursor', async () => {
    const first = host({ env: { TRIBUTARY_SHUTDOWN_GRACE_MS: '100' } });
    const handle = await start('runActivity', 'blockUntilCancelled', 'handed over');
    await eventually('the activity', () => first.control.started.includes('handed over'));
    expect(await stop(first)).toBe(0);
    const second = host();
    expect(await handle.result()).toBe('resumed at cursor 42');
    expect(second.control.attempts.get('handed over')).toBe(2);
  });

  it('ends with a coded error when an activity does not react to its cancellation', async () => {
    const worker = host({ env: { TRIBUTARY_SHUTDOWN_GRACE_MS: '0' } });
    const end = gate<void>();
    worker.control.release = end.opened;
    const handle = await start('runActivity', 'block', 'stuck');
    await eventually('the activity', () => worker.control.started.includes('stuck'));
    expect(await stop(worker)).toBe(1);
    expect(worker.lines.join('')).toContain('WORKER_DRAIN_TIMEOUT');
    end.open();
    await handle.terminate();
  });
});

describe('errors of activities', () => {
  it('arrive with their code as type, and are retried unless fatal', async () => {
    const worker = host();
    const fatal = await failureOf('runActivity', 'failFatally', 'fatal');
    expect(fatal.failure).toMatchObject({
      type: 'FIXTURE_FATAL',
      nonRetryable: true,
      message: 'Fatal for db.example. Stop asking db.example.',
      details: [{ code: 'FIXTURE_FATAL', recovery: 'fatal', fix: 'Stop asking db.example.', parameters: { host: 'db.example' } }],
      cause: { message: 'driver text' },
    });
    expect(worker.control.attempts.get('fatal')).toBe(1);
    const retried = await failureOf('runActivity', 'failRetryably', 'retried');
    expect(retried.failure).toMatchObject({ type: 'FIXTURE_RETRY', nonRetryable: false });
    expect(worker.control.attempts.get('retried')).toBe(3);
  });

  it('hold no secret, neither in the history nor in the log, though it is released before they are reported', async () => {
    const worker = host();
    const { failure, history } = await failureOf('runActivity', 'leak', 'leaked');
    expect(failure.type).toBe('UNEXPECTED_ERROR');
    expect(failure.message).toContain('postgres://[secret]@db/x');
    expect((failure.cause?.cause as Error).message).toBe('login with [secret] failed');
    const log = worker.lines.join('');
    expect(log).toContain('[secret]');
    const forms = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString('base64'), JSON.stringify(PASSWORD).slice(1, -1)];
    for (const form of forms) expect([history.includes(form), log.includes(form)]).toEqual([false, false]);
  });
});

describe('payload guard', () => {
  it.each([
    ['runActivity', ['growResult', 'grown'], 'result of activity growResult'],
    ['grow', ['argument', 300_000], 'argument 1 of activity echo'],
    ['grow', ['result', 300_000], 'result.tables'],
    ['grow', ['continueAsNew', 300_000], 'argument 1 of continue-as-new of grow'],
  ] as const)('fails %s %j, naming workflow and field', async (workflow, args, field) => {
    host();
    const { failure } = await failureOf(workflow, ...args);
    expect(failure).toMatchObject({ type: 'PAYLOAD_TOO_LARGE', nonRetryable: true });
    expect(failure.message).toContain(`of workflow ${workflow}`);
    expect(failure.message).toContain(field);
  });

  it('fails the answer of a query, not the workflow', async () => {
    host();
    const handle = await start('grow', 'query', 300_000);
    expect(await handle.result()).toBe('done');
    await expect(handle.query('big')).rejects.toThrow(/result of query big/);
  });
});

it('lets a coded error that a workflow throws fail the workflow', async () => {
  host();
  expect((await failureOf('refuse', 'too much')).failure).toMatchObject({
    type: 'FIXTURE_REFUSED',
    nonRetryable: true,
    message: 'Received too much. Ask for less.',
  });
});

it('serves its own metrics and those of the core on one page, and logs with the identity of the activity', async () => {
  const worker = host();
  const handle = await start('runActivity', 'echo', 'counted');
  await handle.result();
  const { body } = await worker.get('/metrics');
  expect(body).toMatch(/tributary_activity_duration_seconds_count\{activity_type="echo",outcome="completed"\} \d/);
  expect(body).toMatch(/^temporal_num_pollers\{/m);
  expect(body).toContain('tributary_build_info{app="fixture",version="1.2.3",build_id=""} 1');
  const line = worker.lines.find((text) => text.includes('echoing')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ workflowId: handle.workflowId, runId: handle.firstExecutionRunId, activityType: 'echo', attempt: 1 });
});

describe('as a process of its own', () => {
  async function spawnHost(env: Record<string, string> = {}) {
    const args = ['--conditions=@tributary/source', '--import', 'tsx', require.resolve('./testdata/main.ts'), server.address, bundle.codePath];
    const child = spawn(process.execPath, args, { env: { ...process.env, TRIBUTARY_HEALTH_PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
    const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    await eventually('the start', () => log.includes('"Ready'));
    return { child, exit, log: () => log };
  }

  it('traces a workflow and its activity as one trace, without secrets', async () => {
    const bodies: string[] = [];
    const collector = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => bodies.push(chunk)).on('end', () => response.end('{}'));
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as { port: number };
    const host = await spawnHost({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, FIXTURE_PASSWORD: PASSWORD });
    await (await start('runActivity', 'leak', 'traced')).result().catch(() => undefined);
    await (await start('runActivity', 'echo', 'traced')).result();
    host.child.kill('SIGTERM');
    expect(await host.exit).toBe(0);
    collector.close();
    const exported = bodies.join('');
    const spans = [...exported.matchAll(/"traceId":"(\w+)"[^{}]*?"name":"([^"]+)"/g)].map(([, trace, name]) => ({ trace, name }));
    const echo = spans.find(({ name }) => name === 'fixture.echo');
    const names = spans.filter(({ trace }) => trace === echo?.trace).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['RunWorkflow:runActivity', 'StartActivity:echo', 'RunActivity:echo', 'fixture.echo']));
    expect(host.log().split('\n').find((text) => text.includes('echoing'))).toContain(`"traceId":"${echo?.trace}"`);
    expect(exported).toContain('[secret]');
    for (const text of [exported, host.log()]) expect(text).not.toContain(JSON.stringify(PASSWORD).slice(1, -1));
  });

  it('ends at once with code 1 on the second signal', async () => {
    const host = await spawnHost();
    const handle = await start('runActivity', 'blockForever', 'forced');
    await eventually('the activity', async () => (await handle.describe()).raw.pendingActivities?.[0]?.lastStartedTime);
    host.child.kill('SIGTERM');
    await eventually('the shutdown', () => host.log().includes('Shutting down'));
    host.child.kill('SIGTERM');
    expect(await host.exit).toBe(1);
    await handle.terminate();
  });
});

it('takes tasks as a version of a Worker Deployment', async () => {
  const worker = host({ env: { TRIBUTARY_DEPLOYMENT_NAME: 'fixture', TRIBUTARY_BUILD_ID: 'b1' } });
  await ready(worker);
  await eventually('the version', () =>
    client.workflowService.setWorkerDeploymentCurrentVersion({ namespace: 'default', deploymentName: 'fixture', buildId: 'b1', identity: 'test' }),
  );
  const handle = await start('runActivity', 'echo', 'versioned');
  expect(await handle.result()).toBe('versioned');
  const { versioningInfo } = (await handle.describe()).raw.workflowExecutionInfo ?? {};
  expect(versioningInfo?.deploymentVersion).toMatchObject({ deploymentName: 'fixture', buildId: 'b1' });
  await client.workflowService.setWorkerDeploymentCurrentVersion({ namespace: 'default', deploymentName: 'fixture', buildId: '', identity: 'test' });
});

describe('start', () => {
  it('ends with a coded error when the sidecar does not come', async () => {
    const worker = host({
      env: { TRIBUTARY_SIDECAR_WAIT_MS: '50' },
      overrides: { waitForSidecar: (timeoutMs) => Promise.reject(new Error(`nothing for ${timeoutMs} ms`)) },
    });
    expect(await worker.exit).toBe(1);
    const line = worker.lines.find((text) => text.includes('WORKER_SIDECAR_UNREACHABLE')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ level: 'fatal', err: { code: 'WORKER_SIDECAR_UNREACHABLE', recovery: 'fatal' } });
    expect(line).toContain('nothing for 50 ms');
  });

  it('ends with code 0 when it is told to stop while it waits for the sidecar', async () => {
    const waiting = gate<void>();
    const worker = host({
      overrides: {
        waitForSidecar: (_, signal) =>
          new Promise((__, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
            waiting.open();
          }),
      },
    });
    await waiting.opened;
    expect(await stop(worker)).toBe(0);
  });

  it('ends with code 0 when it is told to stop before it has begun to wait for the sidecar', async () => {
    const worker = host({ overrides: { waitForSidecar: () => new Promise(() => undefined) } });
    await worker.url;
    process.emit('SIGTERM');
    expect(await worker.exit).toBe(0);
  });

  it('ends with code 0 when it is told to stop while it connects to something that does not answer', async () => {
    const connecting = gate<void>();
    const worker = host({
      overrides: {
        prepare: () => {
          connecting.open();
          return new Promise(() => undefined);
        },
      },
    });
    await connecting.opened;
    expect(await stop(worker)).toBe(0);
  });

  it('ends with a coded error when the namespace is not there', async () => {
    const worker = host({
      overrides: {
        prepare: async () => ({ connection: await NativeConnection.connect({ address: server.address }), namespace: 'absent', activities: {} }),
      },
    });
    expect(await worker.exit).toBe(1);
    expect(worker.lines.join('')).toMatch(/WORKER_FAILED.*absent/s);
  });

  it('names a bundle that is not there and a port that is taken', async () => {
    const missing = host({ codePath: join(folder, 'none.js') });
    expect(await missing.exit).toBe(1);
    expect(missing.lines.join('')).toContain('WORKFLOW_BUNDLE_MISSING');
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const taken = host({ env: { TRIBUTARY_HEALTH_PORT: String((blocker.address() as { port: number }).port) } });
    expect(await taken.exit).toBe(1);
    expect(taken.lines.join('')).toContain('HEALTH_SERVER_FAILED');
    blocker.close();
  });
});
