import type { World } from '@tributary/testing/launchpad';

/** Some types of event of some people within a time, counted straight from the world: no search, no page, no client. */
export function plainCounts(world: World, people: ReadonlySet<string>, window: { start: number; end: number }): Record<string, number> {
  const counts: Record<string, number> = {};
  const count = (type: string, who: { readonly name: string }, at: number): void => {
    if (people.has(who.name) && at >= window.start && at < window.end) counts[type] = (counts[type] ?? 0) + 1;
  };
  for (const bug of world.bugs.all) {
    if (bug.informationType !== 'Public' && bug.informationType !== 'Public Security') continue;
    count('bug.created', bug.owner, bug.dateCreated);
    for (const message of bug.messages.slice(1)) count('bug.commented', message.owner, message.dateCreated);
  }
  for (const question of world.questions.all) count('question.asked', question.owner, question.dateCreated);
  return counts;
}
