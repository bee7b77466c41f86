import type { LaunchpadCredentials } from '@tributary/clients/launchpad';
import { Secret } from '@tributary/common';
import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { createLaunchpadSource } from './create-source.js';

const { signal } = new AbortController();
const TOKEN: LaunchpadCredentials = { accessToken: new Secret('token'), accessSecret: new Secret('secret') };

function sourceThatCounts() {
  let asked = 0;
  const credentials = () => {
    asked += 1;
    return Promise.resolve(TOKEN);
  };
  return { source: createLaunchpadSource({ configuredServiceRoot: 'production', applicationName: 'tributary', credentials }), asked: () => asked };
}

const open = async (source: ReturnType<typeof createLaunchpadSource>, args: Record<string, unknown>) =>
  source.open(source.createQuery({ data_date_start: '2026-01-01', ...args }, new Date('2026-11-01T00:00:00Z')), signal);

test.each([
  [undefined, 1],
  ['production', 1],
  ['https://api.launchpad.net/', 1],
  ['staging', 0],
])('with service root %s the token is asked for %i times', async (serviceRoot, times) => {
  const { source, asked } = sourceThatCounts();
  await open(source, { member: 'alice', ...(serviceRoot === undefined ? {} : { service_root: serviceRoot }) });
  expect(asked()).toBe(times);
});

test('begins with what was named', async () => {
  const { source } = sourceThatCounts();
  const keys = async (args: Record<string, unknown>) => (await open(source, args)).roots().map(({ key, subjects }) => [key, subjects]);
  expect(await keys({ members: ['Bob', 'alice'] })).toEqual([
    ['member:alice', ['alice']],
    ['member:bob', ['bob']],
  ]);
  expect(await keys({ team: 'warthogs' })).toEqual([['team:warthogs', ['warthogs']]]);
  expect(await keys({ project: 'tributary' })).toEqual([['project:tributary', ['tributary']]]);
});

test('an event is of who did it, under the name that they have now', async () => {
  const { source } = sourceThatCounts();
  const by = (actor: string | null): EventDraft => ({ id: 'x', parentId: 'bug-1', type: 'bug.commented', time: '2026-02-01T00:00:00Z', actor, properties: {} });
  const subjects = new Set(['olivia', 'warthogs']);
  const people = await open(source, { members: ['liv'] });
  expect([people.accepts(by('olivia'), subjects), people.accepts(by('liv'), subjects), people.accepts(by(null), subjects)]).toEqual([true, false, true]);
  const team = await open(source, { team: 'warthogs' });
  expect([team.accepts(by('olivia'), subjects), team.accepts(by('warthogs'), subjects)]).toEqual([true, false]);
  expect((await open(source, { project: 'tributary' })).accepts(by('anybody'), subjects)).toBe(true);
});

test('events of nobody are kept where what they happened to is of the run, and records are named without their content', async () => {
  const { source } = sourceThatCounts();
  const session = await open(source, { member: 'alice' });
  const diff = { self_link: 'https://api.launchpad.net/devel/~alice/x/+git/x/+merge/5/+preview-diff/9', date_created: '2026-02-01T00:00:00+00:00' };
  const record = { kind: 'preview_diff', proposal: 5, diff } as const;
  expect([true, false].map((anonymous) => session.transform({ record, anonymous }).length)).toEqual([1, 0]);
  expect(session.reference?.({ record, anonymous: true })).toBe('diff 9 of proposal 5');
});
