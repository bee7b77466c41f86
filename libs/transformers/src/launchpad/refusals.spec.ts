import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toEvents, type LaunchpadRecord } from './index.js';

const records = JSON.parse(readFileSync(join(__dirname, 'testdata/records.json'), 'utf8')) as LaunchpadRecord[];
const API = 'https://api.launchpad.net/devel/';

/** The first record of a kind, with some fields of its resource or of itself changed. */
function changed(kind: LaunchpadRecord['kind'], change: Readonly<Record<string, unknown>>): LaunchpadRecord {
  const record = records.find((candidate) => candidate.kind === kind) as unknown as Record<string, object>;
  const [resource = ''] = Object.entries(record)
    .filter(([, value]) => typeof value === 'object' && !Array.isArray(value))
    .map(([key]) => key);
  const own = Object.keys(change).filter((key) => key in record && key !== resource);
  const inner = Object.fromEntries(Object.entries(change).filter(([key]) => !own.includes(key)));
  return {
    ...record,
    ...Object.fromEntries(own.map((key) => [key, change[key]])),
    [resource]: { ...record[resource], ...inner },
  } as unknown as LaunchpadRecord;
}

it.each<[string, LaunchpadRecord['kind'], Readonly<Record<string, unknown>>]>([
  ['date_created', 'bug', { date_created: null }],
  ['date_created', 'bug', { date_created: '2026-03-02T08:00:00+02:00' }],
  ['owner_link', 'bug', { owner_link: `${API}shop` }],
  ['duplicate_of_link', 'bug', { duplicate_of_link: `${API}shop` }],
  ['self_link', 'bug_message', { bug: 2 }],
  ['self_link', 'bug_message', { self_link: `${API}shop/+bug/1/comments/x` }],
  ['datechanged', 'bug_activity', { datechanged: 'yesterday' }],
  ['self_link', 'bug_task', { bug: 2 }],
  ['date_closed', 'bug_task', { date_closed: 'yesterday' }],
  ['self_link', 'merge_proposal', { self_link: `${API}~alice/shop/+git/shop` }],
  ['source link', 'merge_proposal', { source_git_repository_link: 'https://example.org/x' }],
  ['self_link', 'review_vote', { proposal: 1 }],
  ['self_link', 'review_comment', { proposal: 1 }],
  ['line_number', 'inline_comment', { line_number: 'x' }],
  ['self_link', 'preview_diff', { proposal: 1 }],
  ['self_link', 'question', { self_link: `${API}shop/+faq/7` }],
  ['self_link', 'question_message', { question: 8 }],
  ['self_link', 'blueprint', { self_link: `${API}ubuntu` }],
  ['date_started', 'blueprint', { date_started: 'soon' }],
  ['date_created', 'package_upload', { date_created: null, date_published: null }],
  ['team_link', 'team_membership', { team_link: `${API}shop` }],
])('names "%s" of a %s that contradicts itself, to be quarantined', (field, kind, change) => {
  expect(() => toEvents(changed(kind, change))).toThrow(
    expect.objectContaining({ code: 'LAUNCHPAD_RECORD_INVALID', recovery: 'skip', message: expect.stringContaining(`"${field}"`) as string }) as Error,
  );
});

it.each<[string, LaunchpadRecord['kind'], Readonly<Record<string, unknown>>, readonly string[]]>([
  ['was merged', 'merge_proposal', { queue_status: 'Merged', date_merged: null, date_reviewed: null, date_review_requested: null }, ['mp.proposed']],
  ['was approved', 'merge_proposal', { queue_status: 'Approved', date_merged: null, date_reviewed: null, date_review_requested: null }, ['mp.proposed']],
  ['joined', 'team_membership', { status: 'Approved', date_joined: null }, []],
  ['left', 'team_membership', { status: 'Expired', date_expires: null }, ['team.joined']],
  ['changed something', 'bug_activity', { whatchanged: null }, ['bug.changed']],
  ['worked on a target without a name', 'bug_task', { bug_target_name: null, date_closed: null }, []],
])('gives what remains of what %s when nobody knows', (_, kind, change, types) => {
  const lifecycle = kind === 'bug_task' ? { date_confirmed: null, date_triaged: null, date_in_progress: null, date_fix_committed: null, date_fix_released: null, date_left_closed: null } : {};
  const left = toEvents(changed(kind, { ...lifecycle, ...change })).filter(({ type }) => type !== 'mp.superseded');
  expect(left.map(({ type }) => type)).toEqual(types);
});

it('names a task without a target by its link', () => {
  const [event] = toEvents({
    kind: 'bug_task',
    bug: 1,
    task: { self_link: `${API}~alice/shop/+bug/1`, bug_target_name: null, date_closed: '2026-03-02T08:00:00+00:00' },
    activity: [{ datechanged: '2026-03-02T08:00:00+00:00', whatchanged: null }],
  });
  expect(event).toMatchObject({ type: 'bug.closed', id: 'bug-1-task-shop-closed-20260302T080000000000', properties: { target: 'shop' } });
});

it('refuses a successor that the proposal does not lead to, and names nobody', () => {
  const proposal = records.find((record) => record.kind === 'merge_proposal' && record.successor !== undefined) as Extract<
    LaunchpadRecord,
    { kind: 'merge_proposal' }
  >;
  const stranger = { self_link: `${API}~mallory/shop/+git/shop/+merge/1`, date_created: '2026-03-07T10:00:00+00:00' };
  expect(() => toEvents({ ...proposal, successor: stranger })).toThrow(/"successor"/);
  expect(() => toEvents({ ...proposal, successor: stranger })).not.toThrow(/mallory/);
  expect(() => toEvents({ ...proposal, proposal: { ...proposal.proposal, superseded_by_link: null } })).toThrow(/"superseded_by_link"/);
});

it('leaves out what is redacted', () => {
  const [event] = toEvents({ kind: 'bug', bodies: true, bug: { id: 5, date_created: '2026-03-02T08:00:00+00:00' } });
  expect(event).toEqual({
    type: 'bug.created',
    id: 'bug-5-created',
    parentId: 'bug-5',
    time: '2026-03-02T08:00:00+00:00',
    actor: null,
    properties: { bug_id: 5 },
  });
});
