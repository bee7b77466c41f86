import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { MemoryObjectStore } from '@tributary/clients/memory';
import { Secret } from '@tributary/common';
import { startPostgres, type PostgresServer } from '@tributary/dev/servers';
import { mondayOf, SourceRegistry } from '@tributary/etl';
import { createEtlActivities } from '@tributary/etl/activities';
import { openEventDatabase, type OpenEventDatabase } from '@tributary/etl/store';
import { startInProcessWorker, waitFor } from '@tributary/testing/stack';
import { LAUNCHPAD_QUEUE } from '@tributary/workflow-contracts/etl';
import type { Problem } from '../problems/problem-schema.js';
import { TEST_KEYS } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { startFixture, type Fixture } from '../testdata/fixture.js';
import type { EventSummary } from './schemas.js';

const PATH = '/v1/events/summary';
const WORKFLOWS = resolve(__dirname, '../../../../libs/etl/src/workflows/index.ts');

let fixture: Fixture;
let http: CheckedClient;
let postgres: PostgresServer;
let database: OpenEventDatabase;
let worker: { stop(): Promise<void> } | undefined;

async function startWorker(): Promise<void> {
  worker = await startInProcessWorker({
    temporal: fixture.temporal,
    taskQueue: LAUNCHPAD_QUEUE,
    workflowsPath: WORKFLOWS,
    activities: createEtlActivities({ registry: new SourceRegistry([]), database, identities: database.identities, objects: new MemoryObjectStore() }),
  });
}

async function put(type: string, times: readonly string[]): Promise<void> {
  const rows = times.map((time) => ({
    id: randomUUID(),
    parent_id: 'bug-1',
    week: mondayOf(BigInt(Date.parse(time)) * 1_000n),
    employee_id: null,
    type,
    time_utc: time,
    source_kind_id: 'launchpad',
    relation_properties: '{}',
  }));
  await database.db.insertInto('events').values(rows).execute();
}

beforeAll(async () => {
  [fixture, postgres] = await Promise.all([startFixture(), startPostgres()]);
  http = await CheckedClient.of((await fixture.startApi()).url);
  const { user, host, port, database: name, password } = postgres;
  database = openEventDatabase({ url: `postgres://${user}@${host}:${String(port)}/${name}`, password: new Secret(password), identityKey: new Secret('a key that only tests have, 32 bytes') });
  await database.prepare({ migrate: true });
}, 60_000);

afterAll(async () => {
  await fixture.stop();
  await worker?.stop();
  await database.close();
  await postgres.stop();
}, 60_000);

it('says that no worker is there, while none is', async () => {
  expect(await http.get<Problem>(PATH)).toMatchObject({ status: 503, body: { code: 'EVENTS_WORKER_MISSING' } });
});

describe('with the Launchpad worker', () => {
  beforeAll(async () => {
    await startWorker();
    await waitFor('the worker to poll', async () => (await http.get(PATH)).status !== 503);
  }, 60_000);

  it('answers an empty table with no weeks', async () => {
    expect(await http.get<EventSummary>(PATH)).toMatchObject({ status: 200, body: { total: 0, weeks: [] } });
  });

  it('counts by week and type, for everybody who may read', async () => {
    await put('bug.created', ['2026-01-05T00:00:00Z', '2026-01-11T23:59:59Z', '2026-01-12T00:00:00Z']);
    await put('answer.given', ['2026-01-12T08:00:00Z', '2025-01-01T00:00:00Z']);
    const { status, body } = await http.as(TEST_KEYS.viewer).get<EventSummary>(`${PATH}?from=2026-01-06&to=2026-01-13`);
    expect(status).toBe(200);
    expect(body).toEqual({
      from: '2026-01-05',
      to: '2026-01-12',
      total: 4,
      weeks: [
        { week: '2026-01-05', type: 'bug.created', count: 2 },
        { week: '2026-01-12', type: 'answer.given', count: 1 },
        { week: '2026-01-12', type: 'bug.created', count: 1 },
      ],
    });
  });

  it.each([
    ['?from=2020-01-01&to=2026-01-01', 'ETL_SUMMARY_SPAN_INVALID'],
    ['?from=2026-02-30', 'ETL_SUMMARY_SPAN_INVALID'],
    ['?from=2026-02-01&to=2026-01-01', 'ETL_SUMMARY_SPAN_INVALID'],
    ['?from=yesterday', 'API_INPUT_INVALID'],
    ['?since=2026-01-01', 'API_INPUT_INVALID'],
    ['?from=', 'API_INPUT_INVALID'],
  ])('refuses %s as the mistake that it is', async (query, code) => {
    expect(await http.get<Problem>(`${PATH}${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  it('lets nobody in without a key', async () => {
    expect((await fetch(`${http.url}${PATH}`)).status).toBe(401);
  });

  it('says what keeps the worker from its database, as a fault that passes', async () => {
    await postgres.stop();
    const { status, body } = await http.get<Problem>(PATH);
    expect([status, body.code]).toEqual([503, 'EVENTS_UNAVAILABLE']);
    expect(body.detail).toContain('ETL_DATABASE_');
    expect(body.detail).not.toContain(postgres.password);
  }, 60_000);
});
