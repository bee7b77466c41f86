import type { TeamMembershipFields } from '@tributary/transformers/launchpad';
import { fields, linkIn, nameIn, textOf } from '../source/fields.js';
import { listedNow } from '../source/payload.js';
import type { Reader } from '../source/reading.js';
import { readStable } from './stable-listing.js';

const MEMBERSHIP_FIELDS = ['team_link', 'member_link', 'status', 'date_joined', 'date_expires', 'last_changed_by_link'] as const;

/**
 * Memberships of a person, or in a team. Those of one team that began at the same moment make one unit, because they are
 * told apart by their order.
 */
export const readMemberships: Reader = (reading, cursor) => {
  const { launchpad, unit } = reading;
  return readStable(reading, cursor, {
    pages: (options) => launchpad.collection('team_membership', linkIn(unit.payload, 'link'), options),
    discover: (memberships) =>
      memberships.flatMap((membership) => {
        const team = nameIn(textOf(membership.team_link));
        const member = nameIn(textOf(membership.member_link));
        if (team === undefined || member === undefined) return [];
        return [
          {
            key: `memberships:${team}:${textOf(membership.date_joined) ?? 'never'}`,
            stage: 'visit',
            kind: 'joined',
            payload: { ...listedNow(), [`member:${member}`]: { ...fields<TeamMembershipFields>(membership, MEMBERSHIP_FIELDS) } },
            subjects: unit.subjects,
          },
        ];
      }),
  });
};
