import { randomUUID } from 'node:crypto';
import type { FlowInput, FlowProgress } from '@tributary/workflow-contracts/etl';
import type { Problem } from './problems/problem-schema.js';
import type { ArtifactList, Run } from './schemas.js';
import { REPORT_TEXT } from './testdata/activities.js';
import { CheckedClient } from './testdata/checked-client.js';
import { openEvents } from './testdata/event-reader.js';
import { inputFor, startFixture, type ApiUnderTest, type Fixture } from './testdata/fixture.js';

const START = '/v1/runs/etl-flow';

let fixture: Fixture;
let api: ApiUnderTest;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.startWorker();
  api = await fixture.startApi();
  http = await CheckedClient.of(api.url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

const team = (name: string): FlowInput => ({ type: 'LaunchpadQuery', args: { team: name, data_date_start: '2026-01-01' } });

async function ended(input: FlowInput): Promise<Run> {
  const { body } = await http.post<Run>(START, input);
  await fixture.client.workflow.getHandle(body.workflowId).result().catch(() => undefined);
  return (await http.get<Run>(body.links.self)).body;
}

describe('a flow', () => {
  it('starts under a readable id, any number at a time, and ends with its result', async () => {
    const first = await http.post<Run>(START, team('wait'));
    expect(first).toMatchObject({ status: 202, body: { type: 'EtlFlow', status: 'running' } });
    expect(first.body.workflowId).toMatch(/^etl-flow~team~wait~[0-9a-f]{12}$/);
    const second = await http.post<Run>(START, team('wait'));
    expect(second.status).toBe(202);
    for (const { body } of [first, second]) await fixture.client.workflow.getHandle(body.workflowId).signal('finish');
    const run = await ended(team('some-team'));
    expect(run).toMatchObject({ status: 'completed', subject: 'team/some-team', result: { events: { inserted: 5, updated: 1, unchanged: 2 } } });
    expect(run).not.toHaveProperty('connection');
  });

  it("takes the example of the README of old as it stands", async () => {
    const args = {
      application_name: 'my-app',
      service_root: 'production',
      version: 'devel',
      member: 'username',
      data_date_start: '2023-01-01',
      data_date_end: '2023-03-31',
    };
    for (const route of ['etl-flow', 'mock-flow']) {
      const { status, body } = await http.post<Run>(`/v1/runs/${route}`, { type: 'LaunchpadQuery', args });
      expect([status, body.workflowId]).toEqual([202, expect.stringMatching(new RegExp(`^${route}~member~username~`))]);
    }
  });

  it('is started once by an Idempotency-Key, which extractions do not share', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [await http.post<Run>(START, team('wait'), key), await http.post<Run>(START, team('wait'), key)];
    expect(again.body.runId).toBe(first.body.runId);
    expect(await http.post(START, team('other'), key)).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect((await http.post('/v1/runs/extract-sql-metadata', inputFor('publish', 'same-key'), key)).status).toBe(202);
    await fixture.client.workflow.getHandle(first.body.workflowId).signal('finish');
  });

  it('is listed by its type', async () => {
    const { workflowId } = await ended(team('listed'));
    const { body } = await http.get<{ runs: Run[] }>('/v1/runs?type=EtlFlow&status=completed');
    expect(body.runs).toEqual(expect.arrayContaining([expect.objectContaining({ workflowId, type: 'EtlFlow', subject: 'team/listed' })]));
    expect(body.runs.every(({ type }) => type === 'EtlFlow')).toBe(true);
  });

  it('tells how far its stage is, and its end', async () => {
    const { body: run } = await http.post<Run>(START, team('beat'));
    const stream = await openEvents(`${api.url}${run.links.progress}`);
    const moved = await stream.next(({ name, data }) => name === 'progress' && (data as FlowProgress).done > 0);
    expect(moved.data).toMatchObject({ phase: 'visit', done: 30, total: 80, events: { inserted: 5, updated: 1, unchanged: 2 } });
    await http.post(`/v1/runs/${run.workflowId}/cancel`);
    expect((await stream.next(({ name }) => name === 'end')).data).toMatchObject({ status: 'cancelled' });
    await stream.closed();
  });

  it('that lost something fails, with what it has all the same and with its report', async () => {
    const run = await ended(team('incomplete'));
    expect(run).toMatchObject({
      status: 'failed',
      failure: { code: 'ETL_RUN_INCOMPLETE', fix: 'Read the report.' },
      result: { types: { 'bug.created': 8 } },
    });
    const { body: list } = await http.get<ArtifactList>(run.links.artifacts);
    expect(list).not.toHaveProperty('manifest');
    expect(list.artifacts).toMatchObject([{ key: `etl/launchpad/${run.runId}/report.jsonl.gz`, content: 'report', records: 1 }]);
    expect(await (await api.fetch(list.artifacts[0]?.href ?? '')).text()).toBe(REPORT_TEXT);
    const other = list.artifacts[0]?.href.replace('report.jsonl', 'secrets.json') ?? '';
    expect(await http.get(other)).toMatchObject({ status: 404, body: { code: 'ARTIFACT_UNKNOWN' } });
  });
});

describe('the input of a flow', () => {
  it.each<[string, unknown, string]>([
    ['no subject', { data_date_start: '2026-01-01' }, 'exactly one of the properties member, members, team, project'],
    ['two subjects', { member: 'a', team: 'b', data_date_start: '2026-01-01' }, 'exactly one of the properties'],
    ['no start', { member: 'a' }, 'the property is required'],
    ['a misspelt argument', { member: 'a', data_date_start: '2026-01-01', data_date_ende: '2026-02-01' }, 'no property of this name'],
  ])('with %s is refused in words', async (_, args, allowed) => {
    const { status, body } = await http.post<Problem>(START, { type: 'LaunchpadQuery', args });
    expect(status).toBe(400);
    expect(body.errors).toEqual([expect.objectContaining({ allowed: expect.stringContaining(allowed) as string })]);
  });

  it('of another type is left to the worker', async () => {
    expect((await http.post(START, { type: 'AnotherQuery', args: { anything: 1 } })).status).toBe(202);
  });

  it.each([
    [{ service_root: 'https://me:hunter2hunter2@api.launchpad.test/' }, '/args/service_root'],
    [{ access_token: 'hunter2hunter2' }, '/args/access_token'],
  ])('with a credential is refused, and not repeated: %j', async (args, pointer) => {
    const answer = await http.post<Problem>(START, { type: 'AnotherQuery', args });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_HOLDS_CREDENTIAL', detail: expect.stringContaining(pointer) as string } });
    expect(answer.text).not.toContain('hunter2');
  });
});
