import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@tributary/testing/stack';
import { FLOW_PROGRESS_QUERY, LAUNCHPAD_QUEUE, type EtlFlowResult, type FlowProgress } from '@tributary/workflow-contracts/etl';
import { EtlFlow, MockFlow } from '../workflows/index.js';
import { BOARD_DOWN, BOARD_PRIVATE, BOARD_REFUSED, BOARD_TOKEN_EXPIRED } from './errors.js';
import { FlowTestBed } from './flow-test-bed.js';
import { draftsOf } from './scripted-source.js';

describe('EtlFlow', () => {
  let bed: FlowTestBed;

  beforeAll(async () => {
    bed = await FlowTestBed.start();
  }, 60_000);

  beforeEach(() => bed.reset(), 60_000);

  afterAll(() => bed?.stop(), 60_000);

  it('loads every event of the window once, for the right person, and says what it did', async () => {
    bed.source.fill('red', 3, 5);
    const result = await bed.run(bed.input({ boards: ['red'] }));
    expect(result).toMatchObject({
      query: { type: 'BoardQuery', boards: ['red'] },
      window: { start: '2026-01-01T00:00:00.000000Z', end: '2026-02-01T00:00:00.000000Z' },
      events: { inserted: 15, updated: 0, unchanged: 0 },
      types: { 'item.created': 3, 'item.changed': 12 },
      subjects: { done: 1, failed: 0 },
      units: { done: 4, failed: 0 },
      quarantined: 0,
      report: { records: 1 },
    });
    expect(Object.keys(result.phaseMillis)).toEqual(['planning', 'list', 'visit', 'reporting']);
    expect(await bed.report(result)).toMatchObject([{ subject: 'red', outcome: 'done', units: { done: 4 }, problems: [] }]);
    const events = await bed.events();
    expect(events).toHaveLength(15);
    expect(events[0]).toEqual({
      id: 'red-00001-0',
      parent_id: 'red-00001',
      week: '2026-01-05',
      employee_id: expect.stringMatching(/^h-.{22}$/) as unknown,
      type: 'item.created',
      time_utc: '2026-01-05T00:00:00.000001Z',
      source_kind_id: 'board',
      relation_properties: { n: 0 },
    });
    expect(bed.source.closed).toBe(bed.source.opened);
  }, 60_000);

  it('lets in what lies at the start of the window and leaves out what lies at its end, to the microsecond', async () => {
    bed.source.fill('red', 1, 0);
    const times = [
      '2025-12-31T23:59:59.999999Z',
      '2026-01-01T00:00:00Z',
      '2026-01-31T23:59:59.999999Z',
      '2026-02-01T00:00:00Z',
      '2026-02-01T01:59:59.999999+02:00',
    ];
    const item = bed.source.items.get('red-00001');
    if (item) item.events = times.map((time, n) => ({ n, time, who: 'ada' }));
    await bed.run(bed.input({ boards: ['red'] }));
    expect((await bed.events()).map(({ id }) => id)).toEqual(['red-00001-1', 'red-00001-2', 'red-00001-4']);
  }, 60_000);

  it('gives the same table whatever the order, the concurrency and the repetitions', async () => {
    const world = (): void => {
      bed.source.fill('red', 7, 5);
      bed.source.fill('blue', 5, 3);
      bed.source.boards.set('green', [...(bed.source.boards.get('blue') ?? []), 'red-00002']);
    };
    world();
    const first = await bed.run(bed.input({ boards: ['red', 'green', 'blue'] }));
    const calm = await bed.events();
    expect(first.events.inserted).toBe(calm.length);
    const again = await bed.run(bed.input({ boards: ['red', 'green', 'blue'] }));
    expect(again.events).toEqual({ inserted: 0, updated: 0, unchanged: calm.length });

    await bed.reset({ lanes: 1 });
    world();
    bed.source.pageSize = 1;
    await bed.run(bed.input({ boards: ['blue', 'green', 'red'] }));
    expect(await bed.events()).toEqual(calm);

    await bed.reset({ lanes: 9 });
    world();
    const both = await Promise.all([bed.run(bed.input({ boards: ['green', 'red'] })), bed.run(bed.input({ boards: ['blue', 'red'] }))]);
    expect(await bed.events()).toEqual(calm);
    expect(both.reduce((sum, { events }) => sum + events.inserted, 0)).toBe(calm.length);
    expect(both.map(({ events }) => events.updated)).toEqual([0, 0]);
  }, 120_000);

  it('reads what several subjects share once, and reports it for each', async () => {
    bed.source.fill('red', 4, 4);
    bed.source.boards.set('blue', bed.source.boards.get('red') ?? []);
    const result = await bed.run(bed.input({ boards: ['red', 'blue'] }));
    expect([...bed.source.served.values()].every((times) => times === 1)).toBe(true);
    expect(result.units.done).toBe(6);
    expect(await bed.report(result)).toMatchObject([
      { subject: 'blue', units: { done: 5 } },
      { subject: 'red', units: { done: 5 } },
    ]);
  }, 60_000);

  it('corrects a fact that has changed, and touches no other row', async () => {
    bed.source.fill('red', 2, 3);
    await bed.run(bed.input({ boards: ['red'] }));
    const item = bed.source.items.get('red-00001');
    if (item) item.events = item.events.map((event) => (event.n === 1 ? { ...event, text: 'corrected' } : event));
    const { events } = await bed.run(bed.input({ boards: ['red'] }));
    expect(events).toEqual({ inserted: 0, updated: 1, unchanged: 5 });
  }, 60_000);

  it('lets one failing unit and one failing subject stop nothing, and is not green', async () => {
    bed.source.fill('red', 4, 3);
    bed.source.fill('blue', 4, 3);
    bed.source.before = ({ unit }) => {
      if (unit === 'item:red-00002') throw BOARD_PRIVATE({ outcome: 'private' });
      if (unit === 'item:red-00003') throw new TypeError('cannot read');
      if (unit === 'board:green') throw BOARD_REFUSED();
    };
    const { type, message, details } = await bed.failureOf(await bed.start(bed.input({ boards: ['red', 'green', 'blue'] })));
    expect(type).toBe('ETL_RUN_INCOMPLETE');
    const result = details[1] as EtlFlowResult;
    expect(message).toContain(result.report.uri);
    expect(details[0]).toMatchObject({ code: 'ETL_RUN_INCOMPLETE', parameters: { units: 2 } });
    expect(result).toMatchObject({
      events: { inserted: 18 },
      units: { done: 8, private: 1, gone: 0, failed: 2 },
      subjects: { done: 1, private: 0, gone: 0, failed: 2 },
    });
    const report = await bed.report(result);
    expect(report).toMatchObject([
      { subject: 'blue', outcome: 'done' },
      { subject: 'green', outcome: 'failed', problems: [{ unit: 'board:green', code: 'BOARD_REFUSED' }] },
      { subject: 'red', outcome: 'failed' },
    ]);
    const problems = report[2]?.['problems'];
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ unit: 'item:red-00002', outcome: 'private', code: 'BOARD_PRIVATE' }),
        expect.objectContaining({ unit: 'item:red-00003', outcome: 'failed', code: 'UNEXPECTED_ERROR' }),
      ]),
    );
    // Once, and five times again.
    expect(bed.source.asked - [...bed.source.served.values()].reduce((sum, times) => sum + times, 0)).toBe(6 + 1 + 1);
  }, 60_000);

  it('is green when all that is missing may not be seen or is gone', async () => {
    bed.source.fill('red', 2, 3);
    bed.source.before = ({ unit }) => {
      if (unit === 'item:red-00002') throw BOARD_PRIVATE({ outcome: 'gone' });
    };
    const result = await bed.run(bed.input({ boards: ['red'] }));
    expect(result).toMatchObject({ units: { done: 2, gone: 1, failed: 0 }, events: { inserted: 3 } });
  }, 60_000);

  it('waits an outage of the source out, and counts it against no unit', async () => {
    bed.source.fill('red', 12, 2);
    let failures = 0;
    bed.source.before = ({ unit }) => {
      if (!unit.startsWith('item:') || failures >= 12) return;
      failures++;
      throw BOARD_DOWN();
    };
    const handle = await bed.start(bed.input({ boards: ['red'] }));
    const result = (await handle.result()) as EtlFlowResult;
    expect(result).toMatchObject({ units: { done: 13, failed: 0 }, events: { inserted: 24 } });
    expect(failures).toBe(12);
    const { events } = await handle.fetchHistory();
    const attempts = (events ?? []).map(({ activityTaskStartedEventAttributes: started }) => started?.attempt ?? 0);
    expect(Math.max(...attempts)).toBeGreaterThan(2);
  }, 60_000);

  it('comes to its report when subjects cannot be read for good, however many they are, and reads the others', async () => {
    await bed.reset({ patience: 2 });
    const broken = Array.from({ length: 9 }, (_, index) => `a-broken-${index}`);
    bed.source.fill('red', 2, 3);
    bed.source.before = ({ unit }) => {
      if (unit.startsWith('board:a-broken')) throw BOARD_DOWN();
    };
    const { type, details } = await bed.failureOf(await bed.start(bed.input({ boards: [...broken, 'red'] })));
    expect(type).toBe('ETL_RUN_INCOMPLETE');
    const result = details[1] as EtlFlowResult;
    expect(result).toMatchObject({ events: { inserted: 6 }, subjects: { done: 1, failed: 9 }, units: { done: 3, failed: 9 } });
    const report = await bed.report(result);
    expect(report).toHaveLength(10);
    expect(report[0]).toMatchObject({ subject: 'a-broken-0', outcome: 'failed', problems: [{ unit: 'board:a-broken-0', code: 'BOARD_DOWN' }] });
    expect(await bed.database.db.selectFrom('flow_runs').select('state').execute()).toEqual([{ state: 'failed' }]);
  }, 60_000);

  it('does not take a worker for dead whose source is slow', async () => {
    await bed.reset({ heartbeatTimeoutMs: 2_000 });
    bed.source.fill('red', 6, 2);
    bed.source.before = async ({ unit, context }) => {
      if (!unit.startsWith('item:')) return;
      // As a client waits for a slot or for what Retry-After says: without a word.
      await sleep(5_000, undefined, { signal: context.signal });
    };
    const handle = await bed.start(bed.input({ boards: ['red'] }));
    expect(await handle.result()).toMatchObject({ units: { done: 7 }, events: { inserted: 12 } });
    const { events } = await handle.fetchHistory();
    expect(Math.max(...(events ?? []).map(({ activityTaskStartedEventAttributes: started }) => started?.attempt ?? 0))).toBe(1);
    expect(bed.source.asked).toBe(3 + 6);
  }, 60_000);

  it('ends the run when the credentials are no good', async () => {
    bed.source.fill('red', 12, 2);
    bed.source.before = () => {
      throw BOARD_TOKEN_EXPIRED();
    };
    expect((await bed.failureOf(await bed.start(bed.input({ boards: ['red'] })))).type).toBe('BOARD_TOKEN_EXPIRED');
    expect(bed.source.asked).toBe(1);
    expect(await bed.database.db.selectFrom('flow_runs').select('state').execute()).toEqual([{ state: 'failed' }]);
  }, 60_000);

  it('quarantines what cannot be transformed, without its content, and loads the rest', async () => {
    bed.source.fill('red', 1, 8);
    bed.source.transform = (record) => {
      const [draft] = draftsOf(record);
      if (!draft) return [];
      if (record.n === 1) return JSON.parse('a secret body') as never;
      if (record.n === 2) return [{ ...draft, time: '2016-12-31T23:59:60Z' }];
      if (record.n === 3) return [draft, { ...draft, id: '' }];
      if (record.n === 4) return [{ ...draft, properties: { text: 'secret \u0000 body' } }];
      return [draft];
    };
    const { type, details } = await bed.failureOf(await bed.start(bed.input({ boards: ['red'] })));
    expect(type).toBe('ETL_RUN_INCOMPLETE');
    const result = details[1] as EtlFlowResult;
    expect(result).toMatchObject({ quarantined: 4, events: { inserted: 5 }, units: { failed: 0 } });
    const lines = (await bed.report(result)).filter((line) => 'record' in line);
    expect(lines).toMatchObject([
      { unit: 'item:red-00001', record: 'red-00001#1', code: 'ETL_TRANSFORM_FAILED', message: expect.stringContaining('SyntaxError') as unknown },
      { record: 'red-00001#2', code: 'ETL_EVENT_INVALID', message: expect.stringContaining('leap seconds') as unknown },
      { record: 'red-00001#3', code: 'ETL_EVENT_INVALID', message: expect.stringContaining('id is not') as unknown },
      { record: 'red-00001#4', code: 'ETL_EVENT_INVALID', message: expect.stringContaining('U+0000') as unknown },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  }, 60_000);

  it('is green with no more records put aside than the query allows, and then moves its marks', async () => {
    bed.source.fill('red', 1, 8);
    bed.source.transform = (record) => {
      if (record.n > 1) return draftsOf(record);
      throw new RangeError('cannot be transformed');
    };
    const input = (threshold: number) => bed.input({ boards: ['red'], incremental: true, quarantine_threshold: threshold });
    const { details } = await bed.failureOf(await bed.start(input(0.24)));
    expect(details[1]).toMatchObject({ records: 8, quarantined: 2, subjects: { done: 0, failed: 1 } });
    const result = await bed.run(input(0.25));
    expect(result).toMatchObject({ records: 8, quarantined: 2, subjects: { done: 1, failed: 0 }, query: { quarantine_threshold: 0.25 } });
    expect(bed.source.since.get('board:red')).toBeUndefined();
    const [subject, first] = await bed.report(result);
    expect(subject).toMatchObject({ subject: 'red', outcome: 'done', problems: [{ unit: 'item:red-00001', code: 'ETL_TRANSFORM_FAILED' }] });
    expect(first).toMatchObject({ record: 'red-00001#0' });
    await bed.run(input(1));
    expect(bed.source.since.get('board:red')).toBeDefined();
    const [run] = await bed.database.db.selectFrom('flow_runs').select(['state', 'records', 'quarantined']).orderBy('id', 'desc').execute();
    expect(run).toEqual({ state: 'done', records: 8, quarantined: 2 });
  }, 60_000);

  it('closes a run whose workflow was terminated a month ago', async () => {
    const { database } = bed;
    const { window } = await bed.run(bed.input({ boards: ['red'] }));
    const terminated = { key: 'terminated', sourceKindId: 'board', queryType: 'BoardQuery', summary: {}, window, scope: '', incremental: false };
    await database.openRun({ ...terminated, quarantineThreshold: 0, startedAt: window.start }, 1);
    await database.db.updateTable('flow_runs').set({ touched_at: window.start }).where('key', '=', 'terminated').execute();
    await bed.run(bed.input({ boards: ['red'] }));
    expect(await database.db.selectFrom('flow_runs').select('state').execute()).toEqual(Array(3).fill({ state: expect.not.stringMatching('running') as string }));
  }, 60_000);

  it('stops soon when it is cancelled, closes the run, and leaves what is loaded', async () => {
    bed.source.fill('red', 6, 4);
    let reached = 0;
    bed.source.before = async ({ unit, page, context }) => {
      if (!unit.startsWith('item:') || page === 1) return;
      reached++;
      await waitFor('the end of the attempt', () => {
        context.heartbeat();
        return context.signal.aborted;
      });
    };
    const handle = await bed.start(bed.input({ boards: ['red'] }));
    await waitFor('all lanes to be at their second page', () => reached === 4);
    expect(await handle.query<FlowProgress>(FLOW_PROGRESS_QUERY)).toMatchObject({ phase: 'visit' });
    const asked = performance.now();
    await handle.cancel();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(await bed.events()).toHaveLength(8);
    const metadata = await handle.query<{ currentDetails?: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toBe('Cancelled: 8 events are loaded and stay.');
    expect(await handle.query<FlowProgress>(FLOW_PROGRESS_QUERY)).toMatchObject({ phase: 'cancelled', events: { inserted: 8 } });
    expect(await bed.database.db.selectFrom('flow_runs').select(['state', 'inserted']).execute()).toEqual([{ state: 'failed', inserted: 8 }]);
    expect(await bed.database.db.selectFrom('flow_units').select('key').execute()).toEqual([]);
  }, 60_000);

  it('goes on from marks in an incremental run, and moves only those of what ended well', async () => {
    bed.source.fill('red', 1, 1);
    bed.source.fill('blue', 2, 1);
    const input = bed.input({ boards: ['red', 'blue'], incremental: true });
    bed.source.before = ({ unit }) => {
      if (unit === 'item:blue-00002') throw BOARD_REFUSED();
    };
    await bed.failureOf(await bed.start(input));
    expect(bed.source.since.get('board:red')).toBeUndefined();
    bed.source.before = () => undefined;
    await bed.run(input);
    const { since } = bed.source;
    expect(since.get('board:blue')).toBeUndefined();
    expect(since.get('board:red')).toMatch(/^\d{4}-.*\.\d{6}Z$/);
    await bed.run(input);
    expect(String(since.get('board:blue')) > String(since.get('board:red'))).toBe(false);
    expect(since.get('board:blue')).toBeDefined();
  }, 60_000);

  it.each([
    [{ type: 'BoardQuery' }, 'ETL_INPUT_INVALID', '/args: received nothing'],
    [{ type: 'BordQuery', args: {} }, 'ETL_QUERY_UNKNOWN', 'did you mean "BoardQuery"?'],
    [{ type: 'BoardQuery', args: { boards: [], data_date_start: 'soon' } }, 'ETL_ARGS_INVALID', '/boards: received []'],
    [{ type: 'BoardQuery', args: { boards: ['a'], data_date_start: 'soon' } }, 'ETL_ARGS_INVALID', '/data_date_start: received "soon"'],
    [{ type: 'BoardQuery', args: { password: 'hunter2' } }, 'ETL_INPUT_HOLDS_CREDENTIAL', '/args/password'],
  ])('refuses %j before it reads anything', async (input, code, words) => {
    const { type, message } = await bed.failureOf(await bed.start(input as never));
    expect(type).toBe(code);
    expect(message).toContain(words);
    expect(message).not.toContain('hunter2');
    expect(bed.source.opened).toBe(0);
    expect(await bed.database.db.selectFrom('flow_runs').select('key').execute()).toEqual([]);
  }, 60_000);

  it('has a history of the same length for 100 and for 10,000 events', async () => {
    const lengthOf = async (board: string): Promise<number> => {
      const handle = await bed.start(bed.input({ boards: [board] }));
      await handle.result();
      return (await handle.fetchHistory()).events?.length ?? 0;
    };
    bed.source.pageSize = 100;
    bed.source.fill('small', 10, 10);
    bed.source.fill('large', 100, 100);
    const small = await lengthOf('small');
    expect(await lengthOf('large')).toBe(small);
    expect(await bed.events()).toHaveLength(10_100);
    expect(small).toBeLessThan(45);
  }, 120_000);

  it('is started by its name, which is that of its function', () => {
    expect([EtlFlow.name, MockFlow.name]).toEqual(['EtlFlow', 'MockFlow']);
    expect(EtlFlow.run).toBe(EtlFlow);
    expect(EtlFlow.queueName).toBe(LAUNCHPAD_QUEUE);
    expect(MockFlow.activities).toEqual(['planFlow', 'runStage', 'reportFlow', 'closeFlow']);
  });

  it('makes the events of a mock run of the query alone, the same every time, and reads no source', async () => {
    const input = bed.input({ boards: ['red'] });
    const first = await bed.run(input, 'MockFlow');
    expect(first).toMatchObject({ events: { inserted: 100 }, query: { mock: true }, units: { failed: 0 } });
    const events = await bed.events();
    expect(new Set(events.map(({ source_kind_id }) => source_kind_id))).toEqual(new Set(['mock']));
    expect(events.every(({ time_utc }) => time_utc >= first.window.start && time_utc < first.window.end)).toBe(true);
    const people = await bed.database.db.selectFrom('event_people').select(['type', 'property']).orderBy('type').execute();
    expect(people).toEqual(['closed', 'commented', 'created', 'reviewed'].map((what) => ({ type: `mock.${what}`, property: 'reviewer' })));
    expect((await bed.run(input, 'MockFlow')).events).toEqual({ inserted: 0, updated: 0, unchanged: 100 });
    expect((await bed.run(bed.input({ boards: ['blue'] }), 'MockFlow')).events.inserted).toBe(100);
    expect((await bed.run({ type: 'MockQuery', args: { data_date_start: '2026-01-01', events: 250 } }, 'MockFlow')).events.inserted).toBe(250);
    expect(bed.source.opened).toBe(0);
  }, 60_000);
});
