import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { LaunchpadClient } from '@tributary/clients/launchpad';

import { describeWithPython } from '../../python/with-python.js';
import { type LaunchpadServer, startLaunchpad } from '../server.js';
import { createWorld } from '../world/create-world.js';
import { walkWithClient } from './walk-with-client.js';
import { LAUNCHPADLIB } from './python-files.js';
import { type Dumped, walkWithLaunchpadlib } from './walk.js';

const MINUTES = 60_000;

describeWithPython('the client and launchpadlib on 2,000 bugs, 500 proposals and 300 questions', LAUNCHPADLIB, (python) => {
  let server: LaunchpadServer;
  beforeAll(async () => {
    server = await startLaunchpad({
      world: createWorld({ seed: 11, people: 40, bugs: 2000, proposals: 500, questions: 300 }),
    });
  });
  afterAll(() => server.stop());

  it(
    'read the same, field by field and in the same order',
    async () => {
      const { world } = server;
      const plan = {
        people: world.people.all.map(({ name }) => name),
        activityOf: ['alice', 'bob', 'core'],
        bugs: world.bugs.all.map(({ id }) => id),
        projects: ['tributary', 'estuary', 'delta'],
        questionTargets: ['tributary', 'estuary', 'delta', 'ubuntu'],
      };
      const client = new LaunchpadClient({ serviceRoot: server.url, applicationName: 'tributary' });
      const ours = byKey(await walkWithClient(client, plan));
      const theirs = byKey(await walkWithLaunchpadlib(server.url, { python: python(), processes: 2, ...plan }));

      expect(theirs.size).toBeGreaterThan(2000 * 3.5 + 500 * 4 + 300 * 2);
      expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
      const differing = [...theirs].filter(([key, line]) => !same(line, ours.get(key)));
      expect(differing.slice(0, 3).map(([key, line]) => [ours.get(key), line])).toEqual([]);
    },
    10 * MINUTES,
  );
});

function byKey(dump: readonly Dumped[]): ReadonlyMap<string, Dumped> {
  return new Map(dump.map((line) => [keyOf(line), line]));
}

function keyOf(line: Dumped): string {
  if ('entry' in line) return `entry ${String(line.entry['self_link'])}`;
  return 'of' in line ? `${line.of} ${line.name}` : `missing ${line.missing} ${line.status}`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([name, field]) => [name, ordered(field)]),
  );
}
