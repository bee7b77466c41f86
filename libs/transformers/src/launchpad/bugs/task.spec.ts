import { toEvents, type BugActivityFields, type BugTaskFields } from '../index.js';

const row = (whatchanged: string, oldvalue: string | null, newvalue: string | null, datechanged: string): BugActivityFields => ({
  whatchanged,
  oldvalue,
  newvalue,
  datechanged,
});
const events = (task: Partial<BugTaskFields>, activity: readonly BugActivityFields[] = []): string[] =>
  toEvents({
    kind: 'bug_task',
    bug: 1,
    task: { self_link: 'https://api.launchpad.net/devel/shop/+bug/1', bug_target_name: 'shop', ...task },
    activity,
  }).map(({ type, time, actor }) => `${type} ${time} ${actor}`);

const released = { date_fix_released: '2026-03-01T10:00:00.000001+00:00' };
const told = (at: string, old = 'Confirmed', now = 'Fix Released'): BugActivityFields[] => [row('shop: status', old, now, at)];
const UNTOLD = ['bug.fix_released 2026-03-01T10:00:00.000001+00:00 null'];

it('tells a date that no row accounts for, by nobody', () => {
  expect(events(released)).toEqual(UNTOLD);
});

it.each([
  ['2026-03-01T10:01:00.000001+00:00', []],
  ['2026-03-01T10:01:00.000002+00:00', UNTOLD],
  ['2026-03-01T09:59:00.000001+00:00', []],
  ['2026-03-01T09:59:00+00:00', UNTOLD],
])('takes a row of %s for a date within 60 s, and no further', (at, expected) => {
  expect(events(released, told(at))).toEqual(expected);
});

it('takes no row that has another target, or does not pass the status', () => {
  const at = '2026-03-01T10:00:00+00:00';
  expect(events(released, [row('basket: status', 'New', 'Fix Released', at)])).toEqual(UNTOLD);
  expect(events(released, told(at, 'New', 'Confirmed'))).toEqual(UNTOLD);
  expect(events(released, told(at, 'New', 'A status of tomorrow'))).toEqual([]);
});

it('follows a task that was moved, also twice, in whatever order the rows come', () => {
  const moves = [
    row('affects', 'first', 'second', '2026-03-02T00:00:00+00:00'),
    row('affects', 'second', 'shop', '2026-03-03T00:00:00+00:00'),
    row('first: status', 'New', 'Fix Released', '2026-03-01T10:00:00+00:00'),
  ];
  expect(events(released, moves)).toEqual([]);
  expect(events(released, [...moves].reverse())).toEqual([]);
  const idOf = (bug_target_name: string, activity: BugActivityFields[]): string | undefined =>
    toEvents({
      kind: 'bug_task',
      bug: 1,
      task: { self_link: 'https://api.launchpad.net/devel/x/+bug/1', bug_target_name, ...released },
      activity,
    })[0]?.id;
  expect(idOf('shop', moves.slice(0, 2))).toBe(idOf('first', []));
});

it('takes dates of one moment for one change, of which the furthest status counts', () => {
  const at = '2020-01-01T00:00:00+00:00';
  const later = '2020-01-02T00:00:00+00:00';
  expect(events({ date_confirmed: at, date_triaged: at, date_in_progress: at, date_fix_committed: later, date_fix_released: later, date_closed: later })).toEqual([
    `bug.in_progress ${at} null`,
    `bug.fix_released ${later} null`,
    `bug.closed ${later} null`,
  ]);
});

it('tells closing and reopening unless a row does', () => {
  const dates = { date_closed: '2026-03-01T10:00:00+00:00', date_left_closed: '2026-03-02T10:00:00+00:00' };
  expect(events(dates)).toEqual([`bug.closed ${dates.date_closed} null`, `bug.reopened ${dates.date_left_closed} null`]);
  const rows = [...told(dates.date_closed, 'New', 'Invalid'), ...told(dates.date_left_closed, 'Invalid', 'New')];
  expect(events(dates, rows)).toEqual([]);
  const reversed = [...told(dates.date_closed, 'Invalid', 'New'), ...told(dates.date_left_closed, 'New', 'Invalid')];
  expect(events(dates, reversed)).toHaveLength(2);
});
