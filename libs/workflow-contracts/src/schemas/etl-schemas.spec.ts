import Ajv from 'ajv';
import { LAUNCHPAD_FLOWS } from '../etl/index.js';
import type { EtlFlowResult, Event, FlowProgress, LaunchpadQueryArgs } from '../etl/index.js';
import { EtlFlowResultSchema, EventSchema, FlowInputSchema, FlowProgressSchema, LaunchpadQueryArgsSchema } from './index.js';

const ajv = new Ajv({ strict: true, allErrors: true });
const acceptsArgs = ajv.compile(LaunchpadQueryArgsSchema);

const ARGS: LaunchpadQueryArgs = { member: 'username', data_date_start: '2023-01-01' };

describe('the schema of a query of Launchpad', () => {
  it.each<[string, unknown]>([
    ['the least there can be', ARGS],
    ['the whole', {
      ...ARGS,
      application_name: 'my-app',
      service_root: 'https://launchpad.example/api/',
      version: '1.0',
      data_date_end: '2023-03-31T12:00:00.123456+05:30',
      time_zone: 'Europe/Berlin',
      incremental: true,
      flows: [...LAUNCHPAD_FLOWS],
      include_bodies: false,
    }],
    ['a list of members', { members: ['a', 'b+c'], data_date_start: '2023-01-01T00:00' }],
    ['a team', { team: 'warthogs', data_date_start: '2023-01-01 00:00:00' }],
  ])('accepts %s', (_, args) => {
    expect([acceptsArgs(args), acceptsArgs.errors]).toEqual([true, null]);
  });

  it.each<[string, unknown, string]>([
    ['no subject', { data_date_start: '2023-01-01' }, ''],
    ['two subjects', { ...ARGS, team: 'warthogs' }, ''],
    ['no start', { member: 'username' }, ''],
    ['an unknown argument', { ...ARGS, data_date_ends: '2023-03-31' }, ''],
    ['an empty list of members', { members: [], data_date_start: '2023-01-01' }, '/members'],
    ['a member that is a path', { ...ARGS, member: '~a/../b' }, '/member'],
    ['a start in another order', { ...ARGS, data_date_start: '01.01.2023' }, '/data_date_start'],
    ['a flow that there is not', { ...ARGS, flows: ['bug'] }, '/flows/0'],
    ['a switch as text', { ...ARGS, incremental: 'true' }, '/incremental'],
  ])('refuses %s', (_, args, pointer) => {
    expect(acceptsArgs(args)).toBe(false);
    expect(acceptsArgs.errors?.map(({ instancePath }) => instancePath)).toContain(pointer);
  });
});

describe('the other schemas of flows', () => {
  const counts = { inserted: 1, updated: 0, unchanged: 2 };
  const outcomes = { done: 1, private: 0, gone: 0, failed: 0 };

  it('accept what the interfaces allow, and nothing besides', () => {
    const progress: FlowProgress = { phase: 'visit', done: 1, total: 2, rate: 0.5, phaseMillis: { planning: 3 }, events: counts };
    const result: EtlFlowResult = {
      query: { type: 'LaunchpadQuery', members: 2 },
      window: { start: '2023-01-01T00:00:00.000000Z', end: '2023-03-31T00:00:00.000000Z' },
      events: counts,
      types: { 'bug.commented': 3 },
      subjects: outcomes,
      units: outcomes,
      records: 3,
      quarantined: 0,
      report: { uri: 'a/b', sha256: '0'.repeat(64), bytes: 1, records: 1 },
      phaseMillis: {},
    };
    const event: Event = {
      id: 'bug-1-comment-5',
      parent_id: 'bug-1',
      week: '2022-12-26',
      employee_id: null,
      type: 'bug.commented',
      time_utc: '2023-01-01T00:00:00.000001Z',
      source_kind_id: 'launchpad',
      relation_properties: { length: 12 },
    };
    expect(ajv.validate(FlowInputSchema, { type: 'LaunchpadQuery', args: ARGS })).toBe(true);
    expect(ajv.validate(FlowInputSchema, { type: 'LaunchpadQuery', args: [] })).toBe(false);
    expect(ajv.validate(FlowInputSchema, { type: 'LaunchpadQuery' })).toBe(false);
    expect(ajv.validate(FlowProgressSchema, progress)).toBe(true);
    expect(ajv.validate(FlowProgressSchema, { ...progress, events: { ...counts, deleted: 1 } })).toBe(false);
    expect(ajv.validate(EtlFlowResultSchema, result)).toBe(true);
    expect(ajv.validate(EtlFlowResultSchema, { ...result, window: { start: '2023-01-01', end: '2023-03-31' } })).toBe(false);
    expect(ajv.validate(EventSchema, event)).toBe(true);
    expect(ajv.validate(EventSchema, { ...event, time_utc: '2023-01-01T00:00:00.001Z' })).toBe(false);
  });
});
