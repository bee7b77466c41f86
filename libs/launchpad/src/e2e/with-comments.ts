import type { World } from '@tributary/testing/launchpad';

/** Launchpad publishes inline comments together with a comment; a generated world may have them alone. */
export function withComments(world: World): World {
  for (const proposal of world.code.proposals) {
    for (const { person, date } of proposal.inlineComments) {
      if (!proposal.comments.some(({ dateCreated }) => dateCreated === date)) world.code.comment(proposal, 'See inline', { by: person, at: date });
    }
  }
  return world;
}
