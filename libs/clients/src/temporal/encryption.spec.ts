import { join } from 'node:path';
import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, type NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { Secret } from '@tributary/common';
import { startTemporal, type TemporalServer } from '@tributary/dev/servers';
import { context, trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { connectWorker } from '../temporal-worker/index.js';
import {
  connectClient,
  createDataConverter,
  createEncryptionCodec,
  parsePayloadKeys,
  sandboxFailureConverterPath,
  withEncodedFailures,
  type ConnectedClient,
  type DataConverterOptions,
} from './index.js';

const START_MS = 120_000;
const CANARY = `canary-${process.pid}-${Date.now()}`;
const QUEUE = 'encryption';
const keys = parsePayloadKeys(
  new Secret(JSON.stringify(Object.fromEntries(['k1', 'k2'].map((id, index) => [id, Buffer.alloc(32, index + 1).toString('base64')])))),
);
const codecOf = (keyId: string) => createEncryptionCodec(keys, keyId);
const activities = {
  echo: (value: string) => Promise.resolve(value),
  fail: (value: string) => Promise.reject(ApplicationFailure.nonRetryable(`activity failed: ${value}`, 'SPEC', value)),
};

let server: TemporalServer;
let connection: NativeConnection;
let bundle: string;
const clients: ConnectedClient[] = [];

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startTemporal();
  connection = await connectWorker({ address: server.address, namespace: server.namespace });
  ({ code: bundle } = await bundleWorkflowCode({
    workflowsPath: join(__dirname, 'testdata', 'workflows.ts'),
    failureConverterPath: sandboxFailureConverterPath(),
    logger: new DefaultLogger('ERROR'),
  }));
}, START_MS);

afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await connection?.close();
  await server?.stop();
}, START_MS);

async function clientWith(options: DataConverterOptions): Promise<ConnectedClient> {
  const client = await connectClient({ address: server.address, namespace: server.namespace }, { dataConverter: createDataConverter(options) });
  clients.push(client);
  return client;
}

/** Runs a worker while `work` runs. */
async function withWorker<T>(options: DataConverterOptions, work: () => Promise<T>, more: Partial<WorkerOptions> = {}): Promise<T> {
  const worker = await Worker.create({
    connection,
    namespace: server.namespace,
    taskQueue: QUEUE,
    workflowBundle: { code: options.codec ? withEncodedFailures(bundle) : bundle },
    dataConverter: createDataConverter(options),
    activities,
    ...more,
  });
  return worker.runUntil(work);
}

/** The raw history of a workflow: events, and all their bytes. */
async function historyOf(client: ConnectedClient, workflowId: string): Promise<{ history: temporal.api.history.v1.IHistory; bytes: Buffer }> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({ namespace: server.namespace, execution: { workflowId } });
  const raw = history ?? {};
  return { history: raw, bytes: Buffer.from(temporal.api.history.v1.History.encode(raw).finish()) };
}

/** Waits until a workflow has done its activities and waits for its signal. */
async function untilWaiting(client: ConnectedClient, workflowId: string): Promise<void> {
  const { EVENT_TYPE_ACTIVITY_TASK_FAILED: failed, EVENT_TYPE_WORKFLOW_TASK_COMPLETED: decided } = temporal.api.enums.v1.EventType;
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    const types = ((await historyOf(client, workflowId)).history.events ?? []).map(({ eventType }) => eventType);
    if (types.includes(failed) && types.at(-1) === decided) return;
  }
  throw new Error(`${workflowId} does not wait`);
}

/** Runs both workflows with the canary everywhere, and gives the bytes that the server keeps and shows of them. */
async function bytesOfRuns(options: DataConverterOptions): Promise<Buffer> {
  const client = await clientWith(options);
  const id = `${options.codec ? 'encrypted' : 'plain'}-${Date.now()}`;
  await withWorker(options, async () => {
    const handle = await client.workflow.start('carry', { taskQueue: QUEUE, workflowId: `${id}-carry`, args: [CANARY], memo: { note: CANARY } });
    expect(await handle.query('heard', CANARY)).toBe(`${CANARY} and nothing`);
    expect(await handle.executeUpdate('correct', { args: [CANARY] })).toBe(`${CANARY} (corrected)`);
    await handle.signal('sayMore', CANARY);
    expect(await handle.result()).toBe(`${CANARY} ${CANARY}`);
    expect((await handle.describe()).memo).toEqual({ note: CANARY });
    const failing = await client.workflow.start('failWith', { taskQueue: QUEUE, workflowId: `${id}-fail`, args: [CANARY] });
    await expect(failing.result()).rejects.toMatchObject({
      cause: { type: 'SPEC', message: `failed: ${CANARY}`, details: [CANARY], cause: { message: `cause ${CANARY}` } },
    });
  });
  const histories = await Promise.all([historyOf(client, `${id}-carry`), historyOf(client, `${id}-fail`)]);
  const description = await client.workflowService.describeWorkflowExecution({ namespace: server.namespace, execution: { workflowId: `${id}-carry` } });
  return Buffer.concat([...histories.map(({ bytes }) => bytes), Buffer.from(JSON.stringify(description))]);
}

const traces = (bytes: Buffer): boolean =>
  [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 20), Buffer.from(`"${CANARY}"`).toString('base64').slice(0, 20)].some((text) => bytes.includes(text));

describe('payload encryption on a real server', () => {
  it('leaves no plain text in histories, memo, results, failures or their causes', async () => {
    expect(traces(await bytesOfRuns({ codec: codecOf('k1') }))).toBe(false);
  }, START_MS);

  it('is what makes the difference', async () => {
    expect(traces(await bytesOfRuns({}))).toBe(true);
  }, START_MS);

  it('leaves failures readable where it is off, with the same bundle', async () => {
    const client = await clientWith({});
    await withWorker({}, async () => {
      const handle = await client.workflow.start('failWith', { taskQueue: QUEUE, workflowId: 'readable', args: ['reason'] });
      await handle.result().catch(() => undefined);
    });
    const { history } = await historyOf(client, 'readable');
    expect(history.events?.at(-1)?.workflowExecutionFailedEventAttributes?.failure?.message).toBe('failed: reason');
  }, START_MS);

  it('refuses a bundle that would keep failures in plain text', () => {
    expect(() => withEncodedFailures('a bundle without the converter')).toThrow(/encodes failures is missing: the workflow bundle/);
  });

  it('goes on when the key is rotated in the middle of a workflow', async () => {
    const old = await clientWith({ codec: codecOf('k1') });
    const workflowId = 'rotated';
    const started = await withWorker({ codec: codecOf('k1') }, async () => {
      const handle = await old.workflow.start('carry', { taskQueue: QUEUE, workflowId, args: ['first'] });
      await untilWaiting(old, workflowId);
      return handle;
    }, { maxCachedWorkflows: 0 });
    const fresh = await clientWith({ codec: codecOf('k2') });
    await withWorker({ codec: codecOf('k2') }, async () => {
      await fresh.workflow.getHandle(workflowId).signal('sayMore', 'second');
      expect(await started.result()).toBe('first second');
    });
    const { bytes } = await historyOf(fresh, workflowId);
    expect([bytes.includes('k1'), bytes.includes('k2')]).toEqual([true, true]);
  }, START_MS);

  it('says which key a client lacks', async () => {
    const client = await clientWith({ codec: codecOf('k1') });
    await withWorker({ codec: codecOf('k1') }, async () => {
      const handle = await client.workflow.start('carry', { taskQueue: QUEUE, workflowId: 'unreadable', args: ['x'] });
      await handle.signal('sayMore', 'y');
      await handle.result();
    });
    const k2 = Buffer.alloc(32, 2).toString('base64');
    const stranger = await clientWith({ codec: createEncryptionCodec(parsePayloadKeys(new Secret(JSON.stringify({ k2 }))), 'k2') });
    const error: unknown = await stranger.workflow.getHandle('unreadable').result().catch((reason: unknown) => reason);
    const chain = [error, (error as Error).cause];
    expect(chain).toContainEqual(expect.objectContaining({ code: 'PAYLOAD_KEY_UNKNOWN', message: expect.stringContaining('"k1"') as string }));
  }, START_MS);
});

describe('a client', () => {
  const large = 'x'.repeat(300 * 1024);
  const refused = (field: string, workflow: string) => ({ code: 'PAYLOAD_TOO_LARGE', parameters: expect.objectContaining({ field, workflow }) as object });

  it('refuses arguments that are too large, before anything is sent', async () => {
    const client = await clientWith({});
    const start = client.workflow.start('carry', { taskQueue: QUEUE, workflowId: 'large', args: [large] });
    await expect(start).rejects.toMatchObject(refused('argument 1 of workflow', 'carry'));
    const both = client.workflow.signalWithStart('carry', { taskQueue: QUEUE, workflowId: 'large', args: ['x'], signal: 'sayMore', signalArgs: [large] });
    await expect(both).rejects.toMatchObject(refused('argument 1 of signal sayMore', 'carry'));
    await expect(client.workflow.getHandle('large').describe()).rejects.toThrow(/not found/i);

    const handle = await client.workflow.start('carry', { taskQueue: QUEUE, workflowId: 'small', args: ['x'] });
    await expect(handle.signal('sayMore', large)).rejects.toMatchObject(refused('argument 1 of signal sayMore', 'small'));
    await expect(handle.executeUpdate('correct', { args: [large] })).rejects.toMatchObject(refused('argument 1 of update correct', 'small'));
    await expect(handle.query('heard', large)).rejects.toMatchObject(refused('argument 1 of query heard', 'small'));
    await handle.terminate();
  }, START_MS);

  it('hands the trace it is in to the workflow', async () => {
    const provider = new NodeTracerProvider();
    provider.register();
    try {
      const client = await clientWith({});
      const span = trace.getTracer('spec').startSpan('caller');
      await context.with(trace.setSpan(context.active(), span), () =>
        client.workflow.start('carry', { taskQueue: QUEUE, workflowId: 'traced', args: ['x'] }),
      );
      span.end();
      const { history } = await historyOf(client, 'traced');
      const header = history.events?.[0]?.workflowExecutionStartedEventAttributes?.header?.fields?.['_tracer-data'];
      const carried = defaultPayloadConverter.fromPayload<{ traceparent: string }>(header!);
      expect(carried.traceparent).toContain(span.spanContext().traceId);
      await client.workflow.getHandle('traced').terminate();
    } finally {
      await provider.shutdown();
      trace.disable();
      context.disable();
    }
  }, START_MS);
});
