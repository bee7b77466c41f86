import { waitFor } from '@tributary/testing/stack';
import type { Run } from '../schemas.js';
import { bearer } from '../testdata/access.js';
import { CheckedClient } from '../testdata/checked-client.js';
import { inputFor, startFixture, type Fixture } from '../testdata/fixture.js';
import type { NewSchedule, Schedule, ScheduleList } from './schemas.js';

let fixture: Fixture;
let http: CheckedClient;

beforeAll(async () => {
  fixture = await startFixture();
  await fixture.startWorker();
  http = await CheckedClient.of((await fixture.startApi()).url);
}, 60_000);

afterAll(() => fixture.stop(), 60_000);

const json = { 'content-type': 'application/json' };

function nightly(id: string, more: Partial<NewSchedule> = {}): NewSchedule {
  return {
    id,
    runType: 'extract-sql-metadata',
    input: { ...inputFor('publish', id) },
    spec: { cron: ['0 3 * * 1-5'], timeZone: 'Europe/London', jitterSeconds: 60 },
    paused: true,
    ...more,
  };
}

const put = (id: string, body: object, headers: Record<string, string> = { 'if-match': '*' }) =>
  http.call<Schedule>('PUT', `/v1/schedules/${id}`, { headers: { ...bearer(), ...json, ...headers }, body: JSON.stringify(body) });
const remove = (id: string) => http.call('DELETE', `/v1/schedules/${id}`, { headers: bearer() });
const read = async (id: string): Promise<Schedule> => (await http.get<Schedule>(`/v1/schedules/${id}`)).body;

describe('a schedule', () => {
  it.each<[string, Partial<NewSchedule>]>([
    ['cron', {}],
    ['shorthand', { spec: { cron: ['@daily', '30 12 * * * 2027'], timeZone: 'America/New_York', jitterSeconds: 0 } }],
    ['interval', { spec: { intervalSeconds: 3_600, offsetSeconds: 600, timeZone: 'UTC', jitterSeconds: 0 }, overlap: 'BUFFER_ONE' }],
    ['calendar', { spec: { calendars: [{ hour: [{ start: 4, end: 20, step: 4 }], month: [{ start: 1, end: 6 }], comment: 'first half' }], timeZone: 'Asia/Tokyo', jitterSeconds: 0 } }],
    ['all', {
      spec: { cron: ['5 4 * * *'], intervalSeconds: 86_400, calendars: [{ minute: [{ start: 7 }] }], timeZone: 'UTC', jitterSeconds: 5, startAt: '2027-01-01T00:00:00.000Z', endAt: '2028-01-01T00:00:00.000Z' },
      overlap: 'CANCEL_OTHER',
      catchupWindowSeconds: 600,
      pauseOnFailure: true,
      note: 'from the wiki',
    }],
  ])('by %s is described as it was sent', async (name, more) => {
    const sent = nightly(`sent-${name}`, more);
    const made = await http.post<Schedule>('/v1/schedules', sent);
    expect(made).toMatchObject({ status: 201, body: { overlap: 'SKIP', catchupWindowSeconds: 3_600, pauseOnFailure: false, counts: { started: 0 }, ...sent } });
    expect(made.body.spec).toEqual(sent.spec);
    expect(made.headers.get('location')).toBe(`/v1/schedules/${sent.id}`);
    const again = await http.get<Schedule>(`/v1/schedules/${sent.id}`);
    expect(again.body).toEqual(made.body);
    expect(again.headers.get('etag')).toBe(made.headers.get('etag'));
  });

  it('says when its next runs are', async () => {
    await http.post('/v1/schedules', nightly('next', { paused: false, spec: { cron: ['0 3 * * *'] } }));
    const { nextRuns, spec } = await read('next');
    expect(spec).toEqual({ cron: ['0 3 * * *'], timeZone: 'UTC', jitterSeconds: 0 });
    expect(nextRuns.length).toBeGreaterThan(2);
    expect(nextRuns.every((time) => time.endsWith('T03:00:00.000Z'))).toBe(true);
    await remove('next');
  });

  it('is made once', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => http.post('/v1/schedules', nightly('once'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'SCHEDULE_EXISTS' });
  });

  it('starts runs that are runs like others, on demand and for a time that has passed', async () => {
    await http.post('/v1/schedules', nightly('runs', { spec: { intervalSeconds: 3_600 } }));
    const triggered = await http.post<Schedule>('/v1/schedules/runs/trigger', undefined);
    expect(triggered.status).toBe(202);
    await waitFor('the run', async () => (await read('runs')).lastRuns.length === 1);
    const [last] = (await read('runs')).lastRuns;
    const self = last?.run ?? '';
    await waitFor('the run to complete', async () => (await http.get<Run>(self)).body.status === 'completed');
    const { body: run } = await http.get<Run>(self);
    expect(run).toMatchObject({ type: 'extractSqlMetadata', connection: 'default/postgres/runs', result: { entities: { Column: 500 } } });
    expect(run.workflowId).toMatch(/^extract-sql-metadata~schedule~runs-/);
    await waitFor('visibility', async () => (await http.get<{ runs: Run[] }>('/v1/runs')).body.runs.some(({ workflowId }) => workflowId === run.workflowId));

    const period = { startAt: '2026-11-01T00:30:00Z', endAt: '2026-11-01T03:30:00Z', overlap: 'BUFFER_ALL' };
    expect(await http.post('/v1/schedules/runs/backfill', period)).toMatchObject({ status: 202, body: { starts: 3, schedule: { id: 'runs' } } });
    await waitFor('the runs', async () => (await read('runs')).counts.started === 4);
    const { lastRuns } = await read('runs');
    expect(lastRuns.slice(0, 3).map(({ run: path }) => decodeURIComponent(path).includes('-2026-11-01T0'))).toEqual([true, true, true]);
    await waitFor('the list', async () => (await http.get<ScheduleList>('/v1/schedules')).body.schedules.find(({ id }) => id === 'runs')?.lastRuns.length === 4);
  });

  it('is paused, resumed and changed', async () => {
    const made = await http.post<Schedule>('/v1/schedules', nightly('change', { paused: false }));
    expect(await http.post('/v1/schedules/change/pause', { note: 'the source moves' })).toMatchObject({ status: 200, body: { paused: true, note: 'the source moves' } });
    expect(await http.post('/v1/schedules/change/resume')).toMatchObject({ status: 200, body: { paused: false } });
    const { id: _, ...change } = nightly('change', { spec: { intervalSeconds: 60, timeZone: 'UTC', jitterSeconds: 0 }, paused: true, note: 'slower' });
    // What was read first is not there any more.
    expect(await put('change', change, { 'if-match': made.headers.get('etag') ?? '' })).toMatchObject({ status: 412, body: { code: 'SCHEDULE_CHANGED' } });
    const now = await http.get<Schedule>('/v1/schedules/change');
    const changed = await put('change', change, { 'if-match': now.headers.get('etag') ?? '' });
    expect(changed).toMatchObject({ status: 200, body: { ...change, overlap: 'SKIP' } });
    expect(changed.headers.get('etag')).not.toBe(now.headers.get('etag'));
  });

  it('takes one of many changes of the same version', async () => {
    const made = await http.post<Schedule>('/v1/schedules', nightly('rush'));
    const etag = made.headers.get('etag') ?? '';
    const { id: _, ...change } = nightly('rush');
    const answers = await Promise.all(Array.from({ length: 6 }, (_each, n) => put('rush', { ...change, note: `change ${n}` }, { 'if-match': etag })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
    const taken = answers.find(({ status }) => status === 200)?.body.note;
    await waitFor('what is described to be that change', async () => (await read('rush')).note === taken);
  });

  it('is deleted', async () => {
    await http.post('/v1/schedules', nightly('gone'));
    expect((await remove('gone')).status).toBe(204);
    expect(await http.get('/v1/schedules/gone')).toMatchObject({ status: 404, body: { code: 'SCHEDULE_UNKNOWN' } });
    expect((await remove('gone')).status).toBe(404);
  });

  it('is listed in pages', async () => {
    for (const n of [1, 2, 3]) await http.post('/v1/schedules', nightly(`page-${n}`));
    const ids = new Set<string>();
    await waitFor('the list', async () => {
      ids.clear();
      for (let token: string | undefined; ; ) {
        const { body } = await http.get<ScheduleList>(`/v1/schedules?pageSize=2${token === undefined ? '' : `&pageToken=${token}`}`);
        expect(body.schedules.length).toBeLessThanOrEqual(2);
        for (const { id } of body.schedules) ids.add(id);
        token = body.nextPageToken;
        if (token === undefined) return [1, 2, 3].every((n) => ids.has(`page-${n}`));
      }
    });
    expect(await http.get('/v1/schedules?pageToken=abcdefghijklmnopqrst')).toMatchObject({ status: 400, body: { code: 'API_PAGE_TOKEN_INVALID' } });
  });
});

describe('refusals', () => {
  it.each<[string, object, object]>([
    ['an unknown run type', { runType: 'nothing' }, { code: 'API_INPUT_INVALID', errors: [{ pointer: '/runType', allowed: 'extract-sql-metadata, etl-flow, mock-flow' }] }],
    ['an input that does not fit', { input: { connection: {} } }, { code: 'API_INPUT_INVALID' }],
    ['a credential', { input: { ...inputFor('publish', 'x'), source: { type: 'postgres', host: 'h', user: 'u', password: 'hunter2' } } }, { code: 'INPUT_HOLDS_CREDENTIAL' }],
    ['no time', { spec: { timeZone: 'UTC' } }, { code: 'API_INPUT_INVALID' }],
    ['an unknown time zone', { spec: { cron: ['0 3 * * *'], timeZone: 'Mars/Olympus' } }, { code: 'SCHEDULE_TIME_ZONE_UNKNOWN' }],
    ['an offset in place of a time zone', { spec: { cron: ['0 3 * * *'], timeZone: '+01:00' } }, { code: 'SCHEDULE_TIME_ZONE_UNKNOWN' }],
    ['a time zone in another case', { spec: { cron: ['0 3 * * *'], timeZone: 'Europe/london' } }, { status: 400 }],
    ['an hour that no day has', { spec: { cron: ['0 25 * * *'] } }, { code: 'SCHEDULE_REFUSED' }],
    ['a comment in an expression', { spec: { cron: ['0 3 * * * # x'] } }, { code: 'API_INPUT_INVALID' }],
    ['an offset above the interval', { spec: { intervalSeconds: 5, offsetSeconds: 50 } }, { code: 'SCHEDULE_REFUSED' }],
    ['an overlap policy of another name', { overlap: 'skip' }, { code: 'API_INPUT_INVALID' }],
    ['what no schedule has', { timeout: 5 }, { code: 'API_INPUT_INVALID' }],
  ])('tell of %s', async (_, more, problem) => {
    expect(await http.post('/v1/schedules', { ...nightly('refused'), ...more })).toMatchObject({ status: 400, body: problem });
    expect((await http.get('/v1/schedules/refused')).status).toBe(404);
  });

  it('show the places of an input that does not fit', async () => {
    const { body } = await http.post('/v1/schedules', nightly('refused', { input: { source: 1 } }));
    expect(body).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining({ pointer: '/input/connection' }), expect.objectContaining({ pointer: '/input/source' })]) as unknown });
  });

  it.each([
    ['pause', {}],
    ['resume', {}],
    ['trigger', {}],
    ['backfill', { startAt: '2026-11-01T00:00:00Z', endAt: '2026-11-02T00:00:00Z' }],
  ])('to %s what is not there are 404', async (verb, body) => {
    expect(await http.post(`/v1/schedules/nowhere/${verb}`, body)).toMatchObject({ status: 404, body: { code: 'SCHEDULE_UNKNOWN' } });
  });

  it('hide schedules of other workflows', async () => {
    await fixture.client.schedule.create({ scheduleId: 'foreign', spec: { intervals: [{ every: '1 day' }] }, action: { type: 'startWorkflow', workflowType: 'somethingElse', taskQueue: 'x' } });
    expect((await http.get('/v1/schedules/foreign')).status).toBe(404);
    expect((await remove('foreign')).status).toBe(404);
    expect((await put('foreign', (({ id: _, ...change }) => change)(nightly('foreign')))).status).toBe(404);
  });

  it('want a condition for a change, and a period that is one, of a size', async () => {
    await http.post('/v1/schedules', nightly('strict', { spec: { intervalSeconds: 1 } }));
    const { id: _, ...change } = nightly('strict');
    expect(await put('strict', change, {})).toMatchObject({ status: 428 });
    expect(await http.post('/v1/schedules/strict/backfill', { startAt: '2026-11-02T00:00:00Z', endAt: '2026-11-01T00:00:00Z' })).toMatchObject({ status: 400, body: { code: 'SCHEDULE_PERIOD_INVALID' } });
    expect(await http.post('/v1/schedules/strict/backfill', { startAt: '2026-11-01T00:00:00Z', endAt: '2026-11-02T00:00:00Z' })).toMatchObject({ status: 400, body: { code: 'SCHEDULE_BACKFILL_TOO_LARGE' } });
  });
});
