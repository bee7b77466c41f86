import { generateBugs } from './generate-bugs.js';
import { generateArchives, generateBlueprints } from './generate-other.js';
import { generatePeople } from './generate-people.js';
import { generateProposals } from './generate-proposals.js';
import { generateQuestions } from './generate-questions.js';
import type { GeneratorContext } from './generator.js';
import { Random } from './random.js';
import { DAY, micros } from './time.js';
import { World } from './world.js';

export interface WorldOptions {
  /** Another seed gives another world, the same seed the same. @default 1 */
  readonly seed?: number;
  /** Ordinary people, besides a handful with something special about them. @default 16 */
  readonly people?: number;
  /** Besides the nested, the private and the open team that there always are. @default 1 */
  readonly teams?: number;
  /** @default 3 */
  readonly projects?: number;
  /** @default 60 */
  readonly bugs?: number;
  /** @default 25 */
  readonly proposals?: number;
  /** @default 20 */
  readonly questions?: number;
  /** @default 10 */
  readonly blueprints?: number;
  /** @default 20 */
  readonly uploads?: number;
  /** End of the time in which things happened, RFC 3339 in UTC. @default 2026-11-01T00:00:00Z */
  readonly until?: string;
  /** Length of that time in days. @default 365 */
  readonly days?: number;
  /** What time it is for later changes, in microseconds. @default the system's clock */
  readonly clock?: () => number;
}

/**
 * A world of any size, the same for the same options. People bear plain names: alice, bob, carol …; the first projects
 * are `tributary` and `estuary`; the team `core` (alice, bob, carol) belongs to the team `platform`.
 */
export function createWorld(options: WorldOptions = {}): World {
  const world = new World(options.clock === undefined ? {} : { clock: options.clock });
  const until = micros(options.until ?? '2026-11-01T00:00:00Z');
  const context: GeneratorContext = {
    world,
    random: new Random(options.seed ?? 1),
    since: until - (options.days ?? 365) * DAY,
    until,
  };
  generatePeople(context, { people: options.people ?? 16, teams: options.teams ?? 1, projects: options.projects ?? 3 });
  generateBugs(context, options.bugs ?? 60);
  generateProposals(context, options.proposals ?? 25);
  generateQuestions(context, options.questions ?? 20);
  generateBlueprints(context, options.blueprints ?? 10);
  generateArchives(context, options.uploads ?? 20);
  world.mergePerson('trent', 'alice');
  world.people.rename('liv', 'olivia', { redirect: true });
  world.people.setStatus('mallory', 'Suspended');
  world.people.setStatus('ghost', 'Placeholder');
  return world;
}
