import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectClient, temporalSettings, type ConnectedClient } from '@tributary/clients/temporal';
import { findTemporal } from '@tributary/dev/binaries';
import { generateCatalog, installSample } from '@tributary/testing/sql-sample';
import { createDatabase, inputFor, startBuiltApp, startTestStack, type BuiltApp, type TestStack } from '@tributary/testing/stack';
import { entitySchema } from '@tributary/transformers/atlas/model';
import { ExtractionManifestSchema } from '@tributary/workflow-contracts/schemas';
import { ENTITY_TYPES, EXTRACT_SQL_METADATA, SQL_METADATA_QUEUE } from '@tributary/workflow-contracts/sql-metadata';
import type { ExtractSqlMetadataInput, ExtractSqlMetadataResult } from '@tributary/workflow-contracts/sql-metadata';
import Ajv2020 from 'ajv/dist/2020.js';
import { plainCounts } from './plain-counts.js';
import { PublishedRun, type PublishedEntity } from './published-run.js';

describe('the SQL metadata worker', () => {
  let stack: TestStack;
  let worker: BuiltApp;
  let client: ConnectedClient;
  let generated: string;
  let sample: string;

  beforeAll(async () => {
    stack = await startTestStack({ appId: 'sql-metadata-worker' });
    generated = await createDatabase(stack, 'generated');
    await generateCatalog(generated, { tables: 2_000, columns: 40_000 });
    sample = await createDatabase(stack, 'sample');
    await installSample(sample);
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

  it.each([
    ['sample', () => sample],
    ['generated', () => generated],
  ])('finds as many entities of each type in the %s database as plain queries do, and the same again', async (name, url) => {
    const first = await extract(inputFor(stack, name));
    expect(first.result.entities).toEqual(await plainCounts(url()));
    expect(first.result.quarantined).toBe(0);
    const second = await extract(inputFor(stack, name));
    expect(await second.run.fingerprint()).toEqual(await first.run.fingerprint());
  }, 120_000);

  it.each(['sample', 'generated'])('gives every entity of the %s database a qualified name of its own and the shape of its schema', async (name) => {
    const { result, run } = await extract(inputFor(stack, name));
    const names = new Set<string>();
    for await (const entity of run.entities()) {
      names.add(entity.attributes.qualifiedName);
      expect(problemsOf(entity)).toEqual([]);
    }
    expect(names.size).toBe(Object.values(result.entities).reduce((total, count) => total + count, 0));
  }, 120_000);

  it('publishes a manifest of the shape of its schema', async () => {
    const { run } = await extract(inputFor(stack, 'sample'));
    const ajv = new Ajv2020({ strict: false });
    expect([ajv.validate(ExtractionManifestSchema, run.manifest), ajv.errors]).toEqual([true, null]);
  }, 60_000);

  it('answers to the command that the README shows', async () => {
    const input = join(stack.folder, 'input.json');
    await writeFile(input, JSON.stringify(inputFor(stack, 'sample')));
    const { path } = await findTemporal();
    const args = ['workflow', 'execute', '--type', 'extractSqlMetadata', '--task-queue', 'sql-metadata', '--input-file', input, '--address', stack.temporal.address, '--output', 'json'];
    const { stdout } = await promisify(execFile)(path, args);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'COMPLETED', result: { quarantined: 0 } });
  }, 60_000);
});

const ajv = new Ajv2020({ strict: false });
const validators = new Map(ENTITY_TYPES.map((typeName) => [typeName as string, ajv.compile(entitySchema(typeName))]));

function problemsOf(entity: PublishedEntity): unknown[] {
  const validate = validators.get(entity.typeName);
  if (!validate) return [`no schema of ${entity.typeName}`];
  const valid: boolean = validate(entity);
  return valid ? [] : [entity.attributes.qualifiedName, ...(validate.errors ?? [])];
}
