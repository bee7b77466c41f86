import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describeWithPython } from '../../python/with-python.js';
import { type LaunchpadServer, startLaunchpad } from '../server.js';
import { createWorld } from '../world/create-world.js';
import { type Fact, truth } from '../world/truth.js';
import { factsOfDump } from './facts-of-dump.js';
import { LAUNCHPADLIB } from './python-files.js';
import { type Dumped, type DumpedFields, walkWithLaunchpadlib, type WalkOptions } from './walk.js';

const WALK_MS = 120_000;

describeWithPython("Canonical's launchpadlib, unmodified, on the look-alike", LAUNCHPADLIB, (python) => {
  let server: LaunchpadServer;
  beforeAll(async () => {
    server = await startLaunchpad({ world: createWorld({ seed: 7, bugs: 90, proposals: 50, questions: 40 }) });
  });
  afterAll(() => server.stop());

  const everything = (): Omit<WalkOptions, 'python'> => ({
    people: server.world.people.all.map(({ name }) => name),
    activityOf: ['alice', 'core'],
    bugs: server.world.bugs.all.map(({ id }) => id),
    projects: ['tributary', 'estuary', 'delta'],
    questionTargets: ['tributary', 'estuary', 'delta', 'ubuntu'],
    entries: ['ubuntu', 'ubuntu/+archive/primary', 'tributary', 'waters', 'ubuntu/+source/linux', '+languages/de'],
  });

  it(
    'finds anonymously all that is public, who did it and when, and nothing else',
    async () => {
      const dump = await walkWithLaunchpadlib(server.url, { python: python(), ...everything() });

      const expected = truth(server.world).filter((fact) => !fact.private && isWalked(fact, server));
      expect(expected.length).toBeGreaterThan(500);
      expect(sorted(factsOfDump(dump))).toEqual(sorted(expected.map(({ private: _private, ...fact }) => fact)));
      expect(statusOf(dump, 'mallory')).toBe(410);
      expect(statusOf(dump, 'ghost')).toBe(404);
      expect(statusOf(dump, 'shadow')).toBe(404);
      expect(entryOf(dump, '/~bob')).toMatchObject({
        name: 'bob',
        id: 'tag:launchpad.net:2008:redacted',
        is_team: false,
      });
      expect(entryOf(dump, '/~core')?.['resource_type_link']).toMatch(/devel\/#team$/);
      expect(collectionOf(dump, '/~platform', 'participants')).toEqual(
        [...server.world.people.participants(server.world.people.get('platform'))].map(({ name }) => name).sort(),
      );
    },
    WALK_MS,
  );

  it(
    'finds what is private for one of those who may see it, logged in with a token',
    async () => {
      const [secret] = server.world.bugs.all.filter((bug) => bug.informationType === 'Private');
      const owner = secret?.owner.name ?? '';
      const token = server.tokens.issue(owner, { consumer: 'judge' });

      const credentials = { accessToken: token.key, accessSecret: token.secret };
      const options = { python: python(), applicationName: 'judge', me: true, bugs: [secret?.id ?? 0], credentials };
      const dump = await walkWithLaunchpadlib(server.url, options);

      expect(entryOf(dump, `/~${owner}`)?.['id']).toBe(server.world.people.get(owner).id);
      expect(entryOf(dump, `/bugs/${secret?.id}`)).toMatchObject({ private: true, title: secret?.title });
    },
    WALK_MS,
  );

  it(
    'gets its token by the dance, once somebody agrees',
    async () => {
      const asked: string[] = [];
      const dance = {
        level: 'READ_PRIVATE' as const,
        onAuthorize: (url: URL) => {
          asked.push(url.pathname);
          server.tokens.review(url.searchParams.get('oauth_token') ?? '', 'carol', 'READ_PRIVATE');
        },
      };
      const dump = await walkWithLaunchpadlib(server.url, {
        python: python(),
        applicationName: 'dancer',
        me: true,
        dance,
      });

      expect(asked).toEqual(['/+authorize-token']);
      expect(entryOf(dump, '/~carol')).toMatchObject({ name: 'carol' });
    },
    WALK_MS,
  );
});

/** Whether the walk goes where this is found: not what hangs below a suspended person, and no team, blueprint or archive. */
function isWalked(fact: Fact, { world }: LaunchpadServer): boolean {
  if (fact.item.startsWith('mp-')) {
    const source = world.code.find(Number(fact.item.slice(3)))?.source;
    const owner = source?.kind === 'git' ? source.repository.owner : source?.branch.owner;
    return owner?.accountStatus === 'Active' || ['mp.proposed', 'mp.reviewed', 'mp.merged'].includes(fact.what);
  }
  return fact.item.startsWith('bug-') || fact.item.startsWith('question-');
}

function sorted<T>(rows: readonly T[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row as object).sort())).sort();
}

function statusOf(dump: readonly Dumped[], name: string): number | undefined {
  const found = dump.find((line) => 'missing' in line && line.missing === name);
  return found !== undefined && 'status' in found ? found.status : undefined;
}

function entryOf(dump: readonly Dumped[], end: string): DumpedFields | undefined {
  const found = dump.find((line) => 'entry' in line && String(line.entry['self_link']).endsWith(end));
  return found !== undefined && 'entry' in found ? found.entry : undefined;
}

function collectionOf(dump: readonly Dumped[], of: string, name: string): unknown[] {
  const found = dump.find((line) => 'of' in line && line.of.endsWith(of) && line.name === name);
  return found !== undefined && 'entries' in found ? found.entries.map((fields) => fields['name']).sort() : [];
}
