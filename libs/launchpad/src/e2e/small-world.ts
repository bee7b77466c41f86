import { World } from '@tributary/testing/launchpad';

/** Three people, three projects and a distribution, and a clock that never shows one time twice. */
export function smallWorld(from = '2026-02-01T00:00:00Z'): World {
  let now = Date.parse(from) * 1000;
  const world = new World({ clock: () => (now += 1_000_001) });
  const at = '2020-01-01T00:00:00Z';
  for (const name of ['alice', 'bob', 'carol']) world.people.add(name, { at });
  for (const name of ['tributary', 'estuary', 'delta']) world.pillars.addProject(name, { owner: 'carol', at });
  world.pillars.addDistribution('ubuntu', { owner: 'carol', at, series: [{ name: 'noble', version: '24.04' }] });
  return world;
}

/** A proposal out of somebody's repository. */
export function propose(world: World, owner: string, registrant: string, at?: string): ReturnType<World['code']['propose']> {
  const repository = world.code.findRepository(owner, 'tributary', 'tributary') ?? world.code.addRepository({ owner, project: 'tributary', name: 'tributary' });
  const source = { kind: 'git', repository, path: 'refs/heads/fix' } as const;
  return world.code.propose({ registrant, source, target: { ...source, path: 'refs/heads/main' }, ...(at === undefined ? {} : { at }) });
}
