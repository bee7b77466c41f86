import { behalfOf } from '../source/payload.js';
import type { Reader, Reading } from '../source/reading.js';
import { newestUnits } from './member-units.js';

const ROSTER = 'roster';

/** Since when each person is in the incremental runs of this query. */
async function rosterOf({ query, unit, context }: Reading): Promise<Readonly<Record<string, string>>> {
  const before = ((await context.recall([ROSTER])).get(ROSTER) ?? {}) as Readonly<Record<string, string>>;
  return Object.fromEntries(peopleOf(unit.payload).map(([name]) => [name, before[name] ?? query.startedAt]));
}

function peopleOf(payload: Reading['unit']['payload']): readonly (readonly [name: string, subject: string])[] {
  const behalf = behalfOf(payload);
  return 'all' in behalf ? [] : [...behalf.of].sort();
}

/**
 * Remembers who is in an incremental run. It leads to nothing that could fail: what is remembered of it is kept even if
 * some proposal is lost, which is then not remembered itself.
 */
export const readRoster: Reader = async (reading) => ({
  records: [],
  cursor: undefined,
  remember: [{ key: ROSTER, value: await rosterOf(reading) }],
});

/**
 * Tells the listings when the newest person joined. A proposal that was visited before may hold events of theirs, which
 * nobody had asked for then.
 */
export const readNewest: Reader = async (reading) => {
  const newest = Object.values(await rosterOf(reading)).sort().at(-1);
  const people = newest === undefined ? [] : peopleOf(reading.unit.payload);
  return {
    records: [],
    cursor: undefined,
    discovered: people.flatMap(([name, subject]) => newestUnits(reading.query, name, subject, newest ?? '')),
  };
};
