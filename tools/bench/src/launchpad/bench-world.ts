import { createWorld, type World } from '@tributary/testing/launchpad';
import { MEMBERS } from './conditions.js';

export interface WorldSize {
  readonly name: string;
  readonly bugs: number;
  readonly proposals: number;
  readonly questions: number;
}

/** Team whose members are read. */
export const TEAM = 'crew';
const PEOPLE = 24;
const DAYS = 365;

/**
 * A year of work by two dozen people up to the beginning of this day (UTC), so that as much of it is recent whenever the
 * benchmark runs; most of them are the team.
 */
export function benchWorld({ bugs, proposals, questions }: WorldSize): World {
  const until = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`;
  const world = createWorld({ seed: 7, people: PEOPLE, bugs, proposals, questions, until, days: DAYS });
  const { people } = world;
  // Below owners who are gone nothing can be read, which is no measure of speed.
  for (const name of ['mallory', 'ghost']) people.setStatus(name, 'Active');
  const [owner, ...others] = people.all.filter(({ type }) => type === 'person').slice(0, MEMBERS);
  if (owner === undefined) throw new RangeError('The world has no people');
  const at = new Date(Date.parse(until) - DAYS * 86_400_000).toISOString().replace('.000', '');
  people.addTeam(TEAM, { owner, displayName: 'Crew', at });
  for (const member of others) people.join(TEAM, member, { at });
  return world;
}

/** From before anything happened in the world. */
export const ORIGIN = '2015-01-01';

/** Names of the team's members. */
export function memberNames({ people }: World): readonly string[] {
  return people.members(people.get(TEAM)).map(({ name }) => name);
}
