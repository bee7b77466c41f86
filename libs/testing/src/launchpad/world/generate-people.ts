import { type GeneratorContext, moment } from './generator.js';
import { DAY } from './time.js';

const NAMES =
  'alice bob carol dave erin frank grace heidi ivan judy kim leo mia nina oscar peggy quinn rosa sam tina'.split(' ');
const PROJECTS = ['tributary', 'estuary', 'delta', 'lagoon', 'fjord'];
const ZONES = ['UTC', 'Europe/London', 'America/New_York', 'Asia/Kolkata', null] as const;

/** People, teams, projects and a distribution, all from before anything else happened. */
export function generatePeople(
  context: GeneratorContext,
  count: { people: number; teams: number; projects: number },
): void {
  const { world, random, since } = context;
  const before = () => moment(context, since - 2000 * DAY, since - DAY);
  for (let i = 0; i < count.people; i += 1) {
    const name = NAMES[i] ?? `${NAMES[i % NAMES.length] ?? 'person'}-${Math.floor(i / NAMES.length) + 1}`;
    const displayName = `${name.charAt(0).toUpperCase()}${name.slice(1)} ${random.pick(['Ash', 'Brook', 'Ñandú', 'Ødegård', 'Rivers', '王'])}`;
    const timeZone = i < ZONES.length ? (ZONES[i] ?? null) : random.pick(ZONES);
    world.people.add(name, {
      displayName,
      timeZone,
      karma: random.between(0, 5000),
      at: before(),
      redacted: i % 7 === 5 ? ['time_zone'] : [],
    });
  }
  for (const [name, displayName] of [
    ['mallory', 'Mallory Suspended'],
    ['ghost', 'Ghost of an Import'],
    ['trent', 'Trent the Second Account'],
    ['liv', 'Olivia Renamed'],
    ['launchpad-janitor', 'Launchpad Janitor'],
  ] as const) {
    world.people.add(name, { displayName, at: before() });
  }
  generateTeams(context, count.teams);
  generatePillars(context, count.projects);
}

function generateTeams(context: GeneratorContext, extra: number): void {
  const { world, random, since, until } = context;
  const { people } = world;
  const at = since - DAY;
  const everybody = people.all.filter(({ type }) => type === 'person').map(({ name }) => name);
  const first = everybody.slice(0, 3);
  const [owner = 'launchpad-janitor'] = first;
  people.addTeam('core', { owner, displayName: 'Core developers', at });
  for (const name of first.slice(1)) people.join('core', name, { at: moment(context, since, until), by: owner });
  people.addTeam('platform', { owner, displayName: 'Platform', at });
  people.join('platform', 'core', { at, by: owner });
  for (const name of everybody.slice(3, 6))
    people.join('platform', name, { at: moment(context, since, until), by: owner });
  const left = everybody[6];
  if (left !== undefined) {
    people.join('platform', left, { at, by: owner });
    people.leave('platform', left, { at: moment(context, since, until), by: owner });
  }
  const expired = everybody[7];
  if (expired !== undefined) {
    people.join('platform', expired, { at, by: owner, comment: 'For half a year' });
    people.leave('platform', expired, {
      status: 'Expired',
      at: moment(context, since, until),
      by: 'launchpad-janitor',
    });
  }
  const proposed = everybody[8];
  if (proposed !== undefined) people.join('core', proposed, { status: 'Proposed', at });
  people.addTeam('shadow', { owner: first[1] ?? owner, displayName: 'Shadow', private: true, at });
  people.addTeam('openers', { owner, displayName: 'Open team', at });
  for (let i = 0; i < extra; i += 1) {
    const name = `team-${i + 1}`;
    people.addTeam(name, { owner: random.pick(everybody), at });
    for (const member of random.some(everybody, random.between(2, 6))) {
      if (people.get(name).members.every((membership) => membership.member.name !== member)) {
        people.join(name, member, { at: moment(context, since, until) });
      }
    }
  }
}

function generatePillars(context: GeneratorContext, count: number): void {
  const { world, since } = context;
  const at = since - DAY;
  const [owner] = world.people.all;
  if (owner === undefined) return;
  world.pillars.addGroup('waters', { owner, at });
  for (let i = 0; i < count; i += 1) {
    const name = PROJECTS[i] ?? `project-${i + 1}`;
    world.pillars.addProject(name, {
      owner: i % 2 === 0 ? 'core' : owner,
      at,
      bugSupervisor: 'core',
      ...(i < 2 ? { group: 'waters' } : {}),
    });
    for (const milestone of ['1.0', '2.0']) world.pillars.addMilestone(name, milestone);
  }
  world.pillars.addDistribution('ubuntu', {
    owner,
    at,
    series: [
      { name: 'resolute', version: '26.04' },
      { name: 'noble', version: '24.04' },
    ],
  });
}
