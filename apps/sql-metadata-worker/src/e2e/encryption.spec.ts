import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectClient, createDataConverter, createEncryptionCodec, parsePayloadKeys, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { Secret } from '@tributary/common';
import { installSample } from '@tributary/testing/sql-sample';
import { createDatabase, inputFor, startBuiltApp, startTestStack, type BuiltApp, type TestStack } from '@tributary/testing/stack';
import { EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataInput, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';

const KEYS = JSON.stringify({ '2026-11': randomBytes(32).toString('base64') });

describe('a worker with payload encryption', () => {
  let stack: TestStack;
  let worker: BuiltApp;
  let client: ConnectedClient;

  beforeAll(async () => {
    stack = await startTestStack({ appId: 'sql-metadata-worker', secrets: { payload: { keys: KEYS } } });
    await installSample(await createDatabase(stack, 'shop'));
    worker = await startBuiltApp('sql-metadata-worker', {
      environment: { ...stack.environment, TRIBUTARY_PAYLOAD_KEYS: 'secret://local/payload#keys', TRIBUTARY_PAYLOAD_KEY_ID: '2026-11' },
      portVariable: 'TRIBUTARY_HEALTH_PORT',
      logFile: join(stack.folder, 'worker.log'),
    });
    const codec = createEncryptionCodec(parsePayloadKeys(new Secret(KEYS)), '2026-11');
    client = await connectClient(temporalSettings(stack.environment), { dataConverter: createDataConverter({ codec }) });
  }, 120_000);

  afterAll(async () => {
    await client?.close();
    await worker?.stop();
    await stack?.stop();
  });

  function run(more: Partial<ExtractSqlMetadataInput> = {}): Promise<ExtractSqlMetadataResult> {
    const args: [ExtractSqlMetadataInput] = [inputFor(stack, 'shop', more)];
    return client.workflow.execute(EXTRACT_SQL_METADATA, { taskQueue: SQL_METADATA_QUEUE, workflowId: randomUUID(), args });
  }

  it('leaves neither values nor messages of errors readable on the server', async () => {
    expect((await run()).entities['Schema']).toBeGreaterThan(3);
    const marker = 'nowhere_to_be_read';
    await expect(run({ filters: { include: [{ database: marker }] } })).rejects.toMatchObject({ cause: { cause: { type: 'SQL_NOTHING_SELECTED' } } });

    const server = Buffer.concat(readdirSync(stack.folder).filter((name) => name.startsWith('temporal.sqlite')).map((name) => readFileSync(join(stack.folder, name))));
    for (const text of ['default/postgres/shop', 'sales', marker, 'The filters select none']) expect(server.includes(text)).toBe(false);
    // What encryption leaves in the clear is there, so the search would have found the rest.
    for (const text of [EXTRACT_SQL_METADATA, 'checkSource', 'binary/encrypted', '2026-11']) expect(server.includes(text)).toBe(true);
  }, 60_000);
});
