import { resolve } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { SourceRegistry } from '@tributary/etl';
import { createEtlActivities } from '@tributary/etl/activities';
import { openEventDatabase, type OpenEventDatabase } from '@tributary/etl/store';
import { startInProcessWorker, waitFor } from '@tributary/testing/stack';
import { LAUNCHPAD_QUEUE, type FlowInput } from '@tributary/workflow-contracts/etl';
import type { Run } from './schemas.js';
import { CheckedClient } from './testdata/checked-client.js';
import { startFixture, type Fixture } from './testdata/fixture.js';

type Retried = Run & { from?: string };

let fixture: Fixture;
let postgres: PostgresServer;
let database: OpenEventDatabase;
let worker: { stop(): Promise<void> };
let http: CheckedClient;
let fault: (activity: string) => unknown = () => undefined;
const begun: string[] = [];

beforeAll(async () => {
  fixture = await startFixture();
  postgres = await startPostgres();
  const { user, host, port, database: name, password } = postgres;
  database = openEventDatabase({
    url: `postgres://${user}@${host}:${port}/${name}?sslmode=disable`,
    password: new Secret(password),
    identityKey: new Secret('a key that only tests have, 32 bytes'),
    schema: 'events',
  });
  await database.prepare({ migrate: true });
  const activities = createEtlActivities({ registry: new SourceRegistry([]), database, identities: database.identities, objects: fixture.objects });
  const watched = Object.entries(activities).map(([activity, run]) => [
    activity,
    async (request: never): Promise<unknown> => {
      begun.push(activity);
      await fault(activity);
      return (run as (request: never) => Promise<unknown>)(request);
    },
  ]);
  worker = await startInProcessWorker({
    temporal: fixture.temporal,
    taskQueue: LAUNCHPAD_QUEUE,
    workflowsPath: resolve(__dirname, '../../../libs/etl/src/workflows/index.ts'),
    activities: Object.fromEntries(watched) as object,
  });
  http = await CheckedClient.of((await fixture.startApi()).url);
}, 120_000);

beforeEach(() => {
  fault = () => undefined;
  begun.length = 0;
});

afterAll(async () => {
  await worker?.stop();
  await database?.close();
  await postgres?.stop();
  await fixture?.stop();
}, 60_000);

const fatal = () => ApplicationFailure.nonRetryable('Broken to order', 'BROKEN', { code: 'BROKEN', status: 500, recovery: 'fatal', fix: 'Mend it.', parameters: {} });
const input = (start: string): FlowInput => ({ type: 'MockQuery', args: { events: 400, data_date_start: start, data_date_end: '2026-03-01' } });
const retry = (run: Run) => http.post<Retried>(`/v1/runs/${run.workflowId}/retry?runId=${run.runId}`);

async function ended({ links }: Run): Promise<Run> {
  await waitFor('the run to end', async () => (await http.get<Run>(links.self)).body.status !== 'running');
  return (await http.get<Run>(links.self)).body;
}

it('takes a flow up from the beginning when its failure has closed it, and loads nothing twice', async () => {
  fault = (activity) => (activity === 'reportFlow' ? Promise.reject(fatal()) : undefined);
  const { body } = await http.post<Run>('/v1/runs/mock-flow', input('2026-01-01'));
  const failed = await ended(body);
  expect(failed).toMatchObject({ status: 'failed', failure: { code: 'BROKEN' } });
  expect(begun).toContain('closeFlow');
  fault = () => undefined;
  const retried = await retry(failed);
  expect(retried).toMatchObject({ status: 202, body: { from: 'planFlow', retryOf: failed.runId } });
  expect(await ended(retried.body)).toMatchObject({ status: 'completed', result: { events: { inserted: 0, updated: 0, unchanged: 400 } } });
}, 60_000);

it('takes a flow that was terminated up where it was', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  fault = (activity) => (activity === 'runStage' ? held.then(() => Promise.reject(fatal())) : undefined);
  const { body: run } = await http.post<Run>('/v1/runs/mock-flow', input('2026-02-01'));
  await waitFor('the stage', () => begun.includes('runStage'));
  expect((await http.post(`/v1/runs/${run.workflowId}/terminate`, { reason: 'to try it' })).status).toBe(200);
  fault = () => undefined;
  begun.length = 0;
  const retried = await retry(run);
  release();
  expect(retried).toMatchObject({ status: 202, body: { from: 'runStage' } });
  expect(await ended(retried.body)).toMatchObject({ status: 'completed', subject: 'MockQuery', result: { events: { inserted: 400, updated: 0, unchanged: 0 } } });
  expect(begun).not.toContain('planFlow');
}, 60_000);
