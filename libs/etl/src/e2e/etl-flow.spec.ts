import { FlowTestBed } from './flow-test-bed.js';

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
});
