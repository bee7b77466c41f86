import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { WorkflowFailedError, WorkflowHandle } from '@temporalio/client';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import type { SecretRef } from '@tributary/common';
import { installSample } from '@tributary/testing/sql-sample';
import {
  collectPlaces,
  createDatabase,
  inputFor,
  placesWith,
  startBuiltApi,
  startBuiltApp,
  startOtlpCollector,
  startTestStack,
  type BuiltApi,
  type BuiltApp,
  type TestStack,
} from '@tributary/testing/stack';
import { BROWSE_SQL_SOURCE, CHECK_SQL_SOURCE, EXTRACT_SQL_METADATA, PLAN_SQL_EXTRACTION, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataInput, SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import { Client } from 'pg';

// Characters that URL encoding, JSON and base64 all change.
const makePassword = (): string => `c/ry "${randomBytes(12).toString('hex')}" +%ü`;

describe('a password', () => {
  const password = makePassword();
  const wrong = makePassword();
  let stack: TestStack;
  let worker: BuiltApp;
  let api: BuiltApi;
  let client: ConnectedClient;
  let collector: Awaited<ReturnType<typeof startOtlpCollector>>;
  const bodies: Buffer[] = [];

  beforeAll(async () => {
    stack = await startTestStack({ appId: 'sql-metadata-worker', secrets: { canary: { right: password, wrong } } });
    await installSample(await createDatabase(stack, 'shop'));
    await query(`CREATE ROLE canary LOGIN SUPERUSER PASSWORD '${password}'`);
    collector = await startOtlpCollector();
    const environment = {
      ...stack.environment,
      TRIBUTARY_LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    worker = await startBuiltApp('sql-metadata-worker', { environment, portVariable: 'TRIBUTARY_HEALTH_PORT', logFile: join(stack.folder, 'worker.log') });
    api = await startBuiltApi({ environment, logFile: join(stack.folder, 'api.log') });
    client = await connectClient(temporalSettings(stack.environment));
  }, 120_000);

  afterAll(async () => {
    await client?.close();
    await api?.stop();
    await worker?.stop();
    collector?.stop();
    await stack?.stop();
  });

  async function query(sql: string): Promise<void> {
    const postgres = new Client({ connectionString: stack.postgres.url });
    await postgres.connect();
    try {
      await postgres.query(sql);
    } finally {
      await postgres.end();
    }
  }

  async function call(path: string, init?: RequestInit): Promise<unknown> {
    const response = await api.fetch(path, init);
    const body = Buffer.from(await response.arrayBuffer());
    bodies.push(body);
    return body.length > 0 && (response.headers.get('content-type') ?? '').includes('json') ? JSON.parse(body.toString()) : undefined;
  }

  function input(source: Partial<ExtractSqlMetadataInput['source']>): ExtractSqlMetadataInput {
    const base = inputFor(stack, 'shop');
    return { ...base, source: { ...base.source, user: 'canary', ...source }, options: { rawRecords: true } };
  }

  /** Runs an extraction to its end, and reads of it through the API all there is to read. */
  async function run(source: Partial<ExtractSqlMetadataInput['source']>): Promise<WorkflowFailedError | undefined> {
    const workflowId = randomUUID();
    const handle = await client.workflow.start(EXTRACT_SQL_METADATA, { taskQueue: SQL_METADATA_QUEUE, workflowId, args: [input(source)] });
    const failure = await handle.result().then(
      () => undefined,
      (error: unknown) => error as WorkflowFailedError,
    );
    await call(`/v1/runs/${workflowId}`);
    await call(`/v1/runs/${workflowId}/progress`);
    await call(`/v1/runs/${workflowId}/artifacts`);
    await keep(handle);
    return failure;
  }

  /** Keeps what Temporal tells of a workflow to those who ask. */
  async function keep(handle: WorkflowHandle): Promise<void> {
    bodies.push(Buffer.from(JSON.stringify(await handle.fetchHistory(), (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value))));
    bodies.push(Buffer.from(JSON.stringify(await handle.describe(), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))));
  }

  /** Checks, browses and plans, and gives what the check found. */
  async function ask(password: SecretRef): Promise<SourceCheck> {
    const { source } = input({ password });
    const handles = await Promise.all(
      [CHECK_SQL_SOURCE, BROWSE_SQL_SOURCE, PLAN_SQL_EXTRACTION].map((workflow) =>
        client.workflow.start(workflow, { taskQueue: SQL_METADATA_QUEUE, workflowId: randomUUID(), args: [{ source }] }),
      ),
    );
    const [checked] = await Promise.allSettled(handles.map((handle) => handle.result()));
    for (const handle of handles) await keep(handle);
    if (checked?.status !== 'fulfilled') throw new Error('a check has a result, whatever it finds', { cause: checked?.reason });
    return checked.value as SourceCheck;
  }

  it('is found nowhere, after success, a failed sign-in and an unknown database', async () => {
    expect(await run({ password: 'secret://local/canary#right' })).toBeUndefined();
    const refused = await run({ password: 'secret://local/canary#wrong' });
    expect(refused).toMatchObject({ cause: { cause: { type: 'SQL_SIGN_IN_FAILED', nonRetryable: true } } });
    expect(await run({ password: 'secret://local/canary#right', database: 'no_such_database' })).toBeDefined();

    // Asking about a source has the same password in hand.
    expect(await ask('secret://local/canary#right')).toMatchObject({ ok: true });
    expect(await ask('secret://local/canary#wrong')).toMatchObject({ ok: false, checks: expect.arrayContaining([expect.objectContaining({ code: 'SQL_SIGN_IN_FAILED' })]) as unknown });

    // By mistake in the clear: the API refuses it, and repeats it to nobody.
    const mistaken = { ...input({}), source: { ...input({}).source, password } };
    const answer = await call('/v1/runs/extract-sql-metadata', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(mistaken),
    });
    expect(answer).toMatchObject({ status: 400 });

    await worker.stop();
    worker = await startBuiltApp('sql-metadata-worker', {
      environment: stack.environment,
      portVariable: 'TRIBUTARY_HEALTH_PORT',
      logFile: join(stack.folder, 'worker-2.log'),
    });
    const received = { 'HTTP bodies and histories': bodies, traces: collector.bodies };
    const found = await collectPlaces({ stack, apps: [worker, api], received });
    expect(placesWith(found, password)).toEqual([]);
    expect(placesWith(found, wrong)).toEqual([]);
    // Nor is the key, which every request to the API had.
    expect(placesWith(found, api.key)).toEqual([]);

    // The search would have found it: it finds what is allowed to be there.
    expect(placesWith(found, 'secret://local/canary#right')).toEqual(expect.arrayContaining(['temporal.sqlite', 'HTTP bodies and histories']));
    expect(placesWith(found, 'default/postgres/shop')).toEqual(expect.arrayContaining(['state']));
    expect(placesWith(found, 'extractBatch')).toEqual(expect.arrayContaining(['worker.log', 'traces']));
    expect(placesWith(found, 'checkSqlSource')).toEqual(expect.arrayContaining(['worker.log', 'traces', 'HTTP bodies and histories']));
    expect([...found.keys()].filter((name) => name.endsWith('.jsonl.gz')).length).toBeGreaterThan(10);
  }, 180_000);
});
