import type { EventsTable } from '@tributary/workflow-contracts/etl';
import { EventsTableSchema } from '@tributary/workflow-contracts/schemas';
import Ajv from 'ajv';
import { mondayOf } from '../time/instant.js';
import { FlowTestBed } from './flow-test-bed.js';
import { eventOf } from './store-test-bed.js';

const accepts = new Ajv({ strict: false }).compile(EventsTableSchema);

describe('summarizeEvents', () => {
  let bed: FlowTestBed;

  beforeAll(async () => {
    bed = await FlowTestBed.start();
    await bed.reset();
  }, 60_000);
  afterAll(() => bed.stop());

  async function summarize(input: object): Promise<EventsTable> {
    const table = (await (await bed.startSummary(input)).result()) as EventsTable;
    expect([accepts(table), accepts.errors]).toEqual([true, null]);
    return table;
  }

  async function put(times: readonly string[], type: string): Promise<void> {
    const rows = times.map((time, at) => ({
      ...eventOf(`${type}-${String(at)}-${time}`, { type, time_utc: time, week: mondayOf(BigInt(Date.parse(time)) * 1_000n) }),
      relation_properties: '{}',
    }));
    await bed.database.db.insertInto('events').values(rows).execute();
  }

  it('counts by week and type what the table has, weeks at the edges included', async () => {
    // The last moment of a week, the first of the next one, and what lies outside.
    await put(['2026-01-11T23:59:59.999Z', '2026-01-12T00:00:00.000Z', '2026-01-14T12:00:00Z', '2026-01-04T23:59:59Z'], 'bug.created');
    await put(['2026-01-18T23:59:59.999Z', '2026-01-19T00:00:00Z'], 'answer.given');
    expect(await summarize({ from: '2026-01-07', to: '2026-01-15' })).toEqual({
      from: '2026-01-05',
      to: '2026-01-12',
      types: ['answer.given', 'bug.created'],
      weeks: [
        { week: '2026-01-05', counts: [0, 1] },
        { week: '2026-01-12', counts: [1, 2] },
      ],
    });
  });

  it('takes the last 26 weeks when nothing is said', async () => {
    const now = Date.now();
    await put([new Date(now).toISOString(), new Date(now - 27 * 7 * 86_400_000).toISOString()], 'just.now');
    const { to, types, weeks } = await summarize({});
    expect(to).toBe(mondayOf(BigInt(now) * 1_000n));
    const at = types.indexOf('just.now');
    expect(weeks.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0)).toBe(1);
  });

  it.each([
    [{ from: '2020-01-01', to: '2026-01-01' }, 'ETL_SUMMARY_SPAN_INVALID'],
    [{ from: '2026-02-31' }, 'ETL_SUMMARY_SPAN_INVALID'],
    [{ from: 'yesterday' }, 'ETL_SUMMARY_INPUT_INVALID'],
    [{ since: '2026-01-01' }, 'ETL_SUMMARY_INPUT_INVALID'],
  ])('refuses %j at once', async (input, type) => {
    expect(await bed.failureOf(await bed.startSummary(input))).toMatchObject({ type });
  });
});
