import { isCodedError } from '@tributary/common';
import { createLaunchpadQuery } from './create-query.js';

const STARTED = new Date('2026-11-21T12:00:00.123Z');
const defaults = { applicationName: 'tributary', configuredServiceRoot: 'http://127.0.0.1:18085/' };
const create = (args: Record<string, unknown>) => createLaunchpadQuery(args, STARTED, defaults);
const base = { member: 'alice', data_date_start: '2023-01-01' };

function code(args: Record<string, unknown>): string {
  try {
    create(args);
  } catch (error) {
    if (isCodedError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'nothing';
}

test('takes the first example of the flow system as it stands', () => {
  const query = create({
    application_name: 'my-app',
    service_root: 'production',
    version: 'devel',
    member: 'username',
    data_date_start: '2023-01-01',
    data_date_end: '2023-03-31',
  });
  expect(query).toMatchObject({
    type: 'LaunchpadQuery',
    applicationName: 'my-app',
    serviceRoot: 'https://api.launchpad.net/',
    version: 'devel',
    subject: { kind: 'members', names: ['username'] },
    window: { start: '2023-01-01T00:00:00.000000Z', end: '2023-03-31T00:00:00.000000Z' },
    incremental: false,
    bodies: false,
  });
  expect([...query.flows]).toEqual(['bugs', 'merge_proposals', 'questions', 'blueprints', 'package_uploads', 'team_memberships']);
});

test('takes what is left out from the configuration, and ends at the start of the run', () => {
  expect(create(base)).toMatchObject({
    applicationName: 'tributary',
    serviceRoot: 'http://127.0.0.1:18085/',
    window: { end: '2026-11-21T12:00:00.123000Z' },
    startedAt: '2026-11-21T12:00:00.123000Z',
  });
});

test('reads dates in the zone that is asked for', () => {
  expect(create({ ...base, time_zone: 'Europe/London', data_date_start: '2023-07-01' }).window.start).toBe('2023-06-30T23:00:00.000000Z');
});

test('is the same for names in any order, writing and number', () => {
  const query = create({ members: ['~Bob', 'alice', 'bob'], data_date_start: '2023-01-01' });
  expect(query.subject).toEqual({ kind: 'members', names: ['alice', 'bob'] });
  expect(query.scope).toBe(create({ members: ['bob', 'alice'], data_date_start: '2023-01-01' }).scope);
});

test.each([
  [{ data_date_start: '2023-01-01' }, 'exactly one of member, members, team, project'],
  [{ ...base, team: 'warthogs' }, 'exactly one of member, members, team, project'],
  [{ ...base, data_date_start: 'soon' }, '/data_date_start'],
  [{ ...base, data_date_end: '2022-01-01' }, '/data_date_start'],
  [{ ...base, version: '2.0' }, '/version'],
  [{ ...base, version: '1.0' }, 'questions and blueprints'],
  [{ ...base, member: 'a/b' }, '/member'],
  [{ ...base, incremental: true, data_date_end: '2023-03-31' }, '/data_date_end'],
  [{ ...base, modified_since: 'x' }, '/modified_since'],
])('refuses %j and says what is allowed', (args, words) => {
  expect(code(args)).toMatch(/^ETL_ARGS_INVALID /);
  expect(code(args)).toContain(words);
});

test('reads earlier versions when only flows are named that they have', () => {
  expect(create({ ...base, version: '1.0', flows: ['bugs'] }).version).toBe('1.0');
});

test.each(['http://169.254.169.254/', 'https://api.launchpad.net.example.com/', 'http://127.0.0.1:18086/'])('refuses the service root %s', (serviceRoot) => {
  expect(code({ ...base, service_root: serviceRoot })).toMatch(/^LAUNCHPAD_SERVICE_ROOT_REFUSED /);
});

test.each([
  ['staging', 'https://api.staging.launchpad.net/'],
  ['https://api.launchpad.net', 'https://api.launchpad.net/'],
  ['http://127.0.0.1:18085', 'http://127.0.0.1:18085/'],
])('takes the service root %s', (serviceRoot, url) => {
  expect(create({ ...base, service_root: serviceRoot }).serviceRoot).toBe(url);
});

test('keeps apart what reads different things, and only that', () => {
  const scope = (more: object) => create({ ...base, incremental: true, ...more }).scope;
  expect(scope({ flows: ['bugs'], application_name: 'other' })).toBe(scope({}));
  for (const other of [{ member: 'bob' }, { data_date_start: '2023-01-02' }, { include_bodies: true }, { service_root: 'staging' }]) {
    expect(scope(other)).not.toBe(scope({}));
  }
});

test('sums itself up in a few words however many members there are', () => {
  const members = Array.from({ length: 2_000 }, (_, index) => `member-${String(index)}`);
  const query = create({ members, data_date_start: '2023-01-01' });
  expect(JSON.stringify(query.toSummaryBase()).length).toBeLessThan(1_000);
  expect(query.scope.length).toBeLessThan(300);
});

test('lets no record be put aside unless it is told to, and goes on from the same marks either way', () => {
  const [none, some] = [create(base), create({ ...base, quarantine_threshold: 0.01 })];
  expect([none.quarantineThreshold, some.quarantineThreshold]).toEqual([0, 0.01]);
  expect(some.scope).toBe(none.scope);
});
