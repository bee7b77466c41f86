import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { generateCatalog } from '@tributary/testing/sql-sample';
import { startBuiltApp, startTestStack, type BuiltApp, type TestStack } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataInput, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import { plainCounts } from './plain-counts.js';
import { PublishedRun } from './published-run.js';
import { createDatabase, inputFor } from './test-source.js';

describe('extractSqlMetadata on a generated catalog', () => {
  let stack: TestStack;
  let worker: BuiltApp;
  let client: ConnectedClient;
  let url: string;

  beforeAll(async () => {
    stack = await startTestStack({ appId: 'sql-metadata-worker' });
    url = await createDatabase(stack, 'generated');
    await generateCatalog(url, { tables: 2_000, columns: 40_000 });
    worker = await startBuiltApp('sql-metadata-worker', {
      environment: stack.environment,
      portVariable: 'TRIBUTARY_HEALTH_PORT',
      logFile: join(stack.folder, 'worker.log'),
    });
    client = await connectClient(temporalSettings(stack.environment));
  }, 120_000);

  afterAll(async () => {
    await client?.close();
    await worker?.stop();
    await stack?.stop();
  });

  async function extract(input: ExtractSqlMetadataInput): Promise<{ result: ExtractSqlMetadataResult; run: PublishedRun }> {
    const result = (await client.workflow.execute(EXTRACT_SQL_METADATA, {
      taskQueue: SQL_METADATA_QUEUE,
      workflowId: randomUUID(),
      args: [input],
    })) as ExtractSqlMetadataResult;
    return { result, run: await PublishedRun.open(stack.objects, result.manifest.uri) };
  }

  it('finds as many entities of each type as plain queries do, and the same again', async () => {
    const first = await extract(inputFor(stack, 'generated'));
    expect(first.result.entities).toEqual(await plainCounts(url));
    expect(first.result.quarantined).toBe(0);
    const second = await extract(inputFor(stack, 'generated'));
    expect(await second.run.fingerprint()).toEqual(await first.run.fingerprint());
  }, 120_000);

  it('gives every entity a qualified name of its own', async () => {
    const { result, run } = await extract(inputFor(stack, 'generated'));
    const names = new Set<string>();
    for await (const { attributes } of run.entities()) names.add(attributes.qualifiedName);
    expect(names.size).toBe(Object.values(result.entities).reduce((total, count) => total + count, 0));
  }, 120_000);
});
