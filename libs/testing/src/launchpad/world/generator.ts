import type { Person, Project } from './entities.js';
import type { Random } from './random.js';
import { HOUR, type Micros, MINUTE, SECOND } from './time.js';
import type { World } from './world.js';

/** What the parts of the generator work with. */
export interface GeneratorContext {
  readonly world: World;
  readonly random: Random;
  readonly since: Micros;
  readonly until: Micros;
}

/** A moment between two others; one in five is at a whole second, which is written without a fraction. */
export function moment({ random }: GeneratorContext, from: Micros, to: Micros): Micros {
  const time = Math.floor(from + random.next() * Math.max(0, to - from));
  const whole = time - (time % SECOND);
  return random.chance(0.2) && whole > from ? whole : time;
}

/** When `count` things began, earliest first. */
export function beginnings(context: GeneratorContext, count: number): Micros[] {
  const { since, until } = context;
  return Array.from({ length: count }, () => moment(context, since, until - HOUR)).sort((a, b) => a - b);
}

/** A moment some time after another one: minutes to weeks, and before the end. */
export function later(context: GeneratorContext, time: Micros): Micros {
  const reach = context.random.chance(0.5) ? 6 * HOUR : 20 * 24 * HOUR;
  const end = Math.min(time + reach, context.until - 1);
  return Math.max(time + 1, moment(context, Math.min(time + MINUTE, end), end));
}

/** Who does things: people, and now and then a team. */
export function actors({ world }: GeneratorContext): Person[] {
  return world.people.all.filter(({ type }) => type === 'person');
}

export function teams({ world }: GeneratorContext): Person[] {
  return world.people.all.filter((person) => person.type === 'team' && !person.private);
}

export function projects({ world }: GeneratorContext): Project[] {
  return world.pillars.all.filter((pillar) => pillar.type === 'project');
}

const WORDS =
  'queue worker page cursor token retry branch index lock build cache parser window handle socket upload mirror schema signal report'.split(
    ' ',
  );
const VERBS = 'loses stops ignores repeats forgets blocks truncates duplicates misreads delays'.split(' ');

export function title({ random }: GeneratorContext): string {
  const text = `The ${random.pick(WORDS)} ${random.pick(VERBS)} the ${random.pick(WORDS)}`;
  return random.chance(0.1) ? `${text} "sometimes" (ünïcödé, 中文, 🦊)` : text;
}

export function paragraph(context: GeneratorContext): string {
  const { random } = context;
  const lines = Array.from(
    { length: random.between(1, 4) },
    () => `${title(context)} when the ${random.pick(WORDS)} is ${random.pick(['full', 'empty', 'old', 'new'])}.`,
  );
  return lines.join('\n');
}
