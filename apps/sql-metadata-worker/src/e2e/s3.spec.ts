import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowFailedError } from '@temporalio/client';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { startObjectStore, type ObjectStoreServer } from '@tributary/dev/servers';
import { installSample } from '@tributary/testing/sql-sample';
import {
  collectPlaces,
  createDatabase,
  inputFor,
  launchBuiltApi,
  placesWith,
  startBuiltApi,
  startBuiltApp,
  startTestStack,
  waitFor,
  type BuiltApi,
  type BuiltApp,
  type TestStack,
} from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE, type ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import { plainCounts } from './plain-counts.js';

interface Artifacts {
  readonly artifacts: readonly { readonly href: string; readonly sha256: string; readonly bytes: number; readonly records?: number }[];
}

describe('an extraction into a bucket', () => {
  // Characters that URL encoding, JSON and base64 all change.
  const secretAccessKey = `s3/ky "${randomBytes(12).toString('hex')}" +%`;
  const accessKeyId = `AKCANARY${randomBytes(6).toString('hex')}`;
  const wrongKey = `wr/ng "${randomBytes(12).toString('hex')}" +%`;
  const bodies: Buffer[] = [];
  const apps: BuiltApp[] = [];
  let stack: TestStack;
  let store: ObjectStoreServer;
  let api: BuiltApi;
  let client: ConnectedClient;
  let environment: Record<string, string>;
  let database: string;

  beforeAll(async () => {
    const secrets = { s3: { accessKeyId, secretAccessKey }, wrong: { accessKeyId, secretAccessKey: wrongKey } };
    stack = await startTestStack({ appId: 'sql-metadata-worker', secrets });
    database = await createDatabase(stack, 'shop');
    await installSample(database);
    const dataDir = join(stack.folder, 's3');
    await mkdir(dataDir);
    store = await startObjectStore({ dataDir, buckets: ['tributary'], keys: { accessKeyId, secretAccessKey }, logFile: join(stack.folder, 's3.log') });
    environment = {
      ...stack.environment,
      TRIBUTARY_LOG_LEVEL: 'trace',
      TRIBUTARY_OBJECT_STORE_URL: 's3://tributary/objects',
      TRIBUTARY_S3_ENDPOINT: store.endpoint,
      TRIBUTARY_S3_CREDENTIALS: 'secret://local/s3',
    };
    apps.push(await startWorker('worker', environment));
    api = await startBuiltApi({ environment, logFile: join(stack.folder, 'api.log') });
    client = await connectClient(temporalSettings(stack.environment));
  }, 600_000);

  afterAll(async () => {
    await client?.close();
    await api?.stop();
    await Promise.all(apps.map((app) => app.stop()));
    await store?.stop();
    await stack?.stop();
  });

  function startWorker(name: string, env: Record<string, string>): Promise<BuiltApp> {
    return startBuiltApp('sql-metadata-worker', { environment: env, portVariable: 'TRIBUTARY_HEALTH_PORT', logFile: join(stack.folder, `${name}.log`) });
  }

  async function fetchBody(path: string): Promise<Buffer> {
    const response = await api.fetch(path, { headers: { 'accept-encoding': 'identity' } });
    const body = Buffer.from(await response.arrayBuffer());
    bodies.push(body);
    expect([path, response.status]).toEqual([path, 200]);
    return body;
  }

  async function extract(workflowId = randomUUID()): Promise<{ workflowId: string; result: ExtractSqlMetadataResult }> {
    const options = { taskQueue: SQL_METADATA_QUEUE, workflowId, args: [inputFor(stack, 'shop')] };
    return { workflowId, result: (await client.workflow.execute(EXTRACT_SQL_METADATA, options)) as ExtractSqlMetadataResult };
  }

  it('finds everything, and is read back through the API', async () => {
    const { workflowId, result } = await extract();
    expect(result.entities).toEqual(await plainCounts(database));
    expect(result.quarantined).toBe(0);
    const { artifacts } = JSON.parse((await fetchBody(`/v1/runs/${workflowId}/artifacts`)).toString()) as Artifacts;
    expect(artifacts.length).toBeGreaterThan(3);
    let lines = 0;
    for (const { href } of artifacts) lines += (await fetchBody(href)).toString().split('\n').length - 1;
    expect(lines).toBe(artifacts.reduce((sum, { records = 0 }) => sum + records, 0));
    // As it is stored, and a part of it.
    const [{ href, sha256, bytes }] = artifacts as [Artifacts['artifacts'][number]];
    const part = await api.fetch(href, { headers: { 'accept-encoding': 'gzip', range: `bytes=${bytes - 8}-` } });
    expect([part.status, part.headers.get('content-range'), part.headers.get('etag')]).toEqual([206, `bytes ${bytes - 8}-${bytes - 1}/${bytes}`, `"${sha256}"`]);
    const manifest = await fetchBody(`/v1/runs/${workflowId}/artifacts/${result.manifest.uri.split('/').map(encodeURIComponent).join('/')}`);
    expect(createHash('sha256').update(manifest).digest('hex')).toBe(result.manifest.sha256);
  }, 120_000);

  it('fails with keys that are wrong, and says so without them', async () => {
    const [worker] = apps.splice(0, 1);
    await worker?.stop();
    const other = await startWorker('refused', { ...environment, TRIBUTARY_S3_CREDENTIALS: 'secret://local/wrong' });
    try {
      const failure = await extract().then(() => undefined, (error: unknown) => error as WorkflowFailedError);
      expect(failure).toMatchObject({ cause: { cause: { type: 'OBJECT_STORE_FORBIDDEN', nonRetryable: true } } });
    } finally {
      await other.stop();
    }
    apps.push(await startWorker('again', environment));
    await extract();
  }, 120_000);

  it('leaves an API whose bucket is missing unready, and tells why to those who may know', async () => {
    const lost = await launchBuiltApi({
      environment: { ...environment, TRIBUTARY_OBJECT_STORE_URL: 's3://nowhere' },
      logFile: join(stack.folder, 'lost.log'),
    });
    try {
      let answer: { readonly checks?: unknown } = {};
      await waitFor('an answer of /readyz', async () => {
        const response = await lost.fetch('/readyz').catch(() => undefined);
        answer = response ? ((await response.json()) as object) : {};
        return response !== undefined;
      });
      expect(answer.checks).toMatchObject({ objectStore: { status: 'unavailable', reason: 'OBJECT_STORE_BUCKET_MISSING' } });
    } finally {
      await lost.kill();
    }
  }, 60_000);

  it('leaves its keys nowhere', async () => {
    const found = await collectPlaces({ stack, apps: [...apps, api], received: { 'HTTP bodies': bodies } });
    // The store itself knows whose its buckets are.
    const placesOfOthers = (text: string): string[] => placesWith(found, text).filter((name) => !name.startsWith('s3/metadata/'));
    for (const text of [secretAccessKey, wrongKey, accessKeyId]) expect(placesOfOthers(text)).toEqual([]);
    // The search would have found them: it finds what is allowed to be there.
    expect(placesWith(found, 'OBJECT_STORE_FORBIDDEN')).toEqual(expect.arrayContaining(['refused.log', 'temporal.sqlite']));
    expect([...found.keys()].filter((name) => name.startsWith('s3/objects/tributary/objects/') && name.endsWith('.jsonl.gz')).length).toBeGreaterThan(3);
  }, 60_000);
});
