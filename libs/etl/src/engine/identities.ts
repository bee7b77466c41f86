import type { EventDraft } from '@tributary/workflow-contracts/etl';
import type { IdentityDirectory, PeopleProperty } from '../store/types.js';

/** Looks up everybody who stands in drafts; gives the employee id of each name. */
export async function employeesOf(
  directory: IdentityDirectory,
  sourceKindId: string,
  drafts: readonly EventDraft[],
): Promise<(name: string) => string> {
  const names = new Set(drafts.flatMap((draft) => [...peopleOf(draft)]));
  const ids = names.size === 0 ? new Map<string, string>() : await directory.resolve(sourceKindId, [...names]);
  return (name) => {
    const id = ids.get(name);
    // A name must never stand where an id belongs, so there is nothing to fall back to.
    if (id === undefined) throw new Error('The identity directory left out a name that it was asked for');
    return id;
  };
}

function* peopleOf({ actor, people = {} }: EventDraft): Iterable<string> {
  if (actor !== null) yield actor;
  for (const names of Object.values(people)) {
    if (typeof names === 'string') yield names;
    else if (names !== null) yield* names;
  }
}

/** Properties of the drafts' events that hold people, each once. */
export function peopleProperties(drafts: readonly EventDraft[]): PeopleProperty[] {
  const found = drafts.flatMap(({ type, people = {} }) => Object.keys(people).map((property) => ({ type, property })));
  return [...new Map(found.map((one) => [JSON.stringify([one.type, one.property]), one])).values()];
}
