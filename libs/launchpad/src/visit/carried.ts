import type { BlueprintFields, TeamMembershipFields } from '@tributary/transformers/launchpad';
import { behalfOf, entriesOf, includes } from '../source/payload.js';
import { nameIn } from '../source/fields.js';
import type { Reader } from '../source/reading.js';

/** A blueprint out of its listing: no request. */
export const readBlueprint: Reader = ({ query, unit }) => {
  const blueprint = unit.payload['row'] as unknown as BlueprintFields;
  const anonymous = includes(behalfOf(unit.payload), nameIn(blueprint.owner_link ?? undefined));
  return Promise.resolve({ records: [{ record: { kind: 'blueprint', bodies: query.bodies, blueprint }, anonymous }], cursor: undefined });
};

/** Memberships of one team that began at one moment, out of their listings: no request. Nobody is named as their actor. */
export const readJoined: Reader = ({ unit }) => {
  const records = entriesOf<TeamMembershipFields>(unit.payload, 'member:').map(([, membership], ordinal) => ({
    record: { kind: 'team_membership', ordinal, membership } as const,
    anonymous: true,
  }));
  return Promise.resolve({ records, cursor: undefined });
};
