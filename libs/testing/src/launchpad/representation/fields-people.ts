import type { Membership, Person } from '../world/entities.js';
import type { Fields } from './represent.js';
import { type Json, REDACTED, type View } from './view.js';

/** Fields that nobody sees but the person and administrators. */
const OWN: readonly string[] = ['id', 'account_status_history', 'preferred_email_address_link'];

export function personFields(person: Person, view: View): Fields {
  const isTeam = person.type === 'team';
  const [ppa] = view.world.archives.ppas(person);
  const fields: Record<string, Json> = {
    name: person.name,
    display_name: person.displayName,
    description: person.description,
    id: person.id,
    is_team: isTeam,
    is_valid: person.accountStatus === 'Active',
    private: person.private,
    visibility: person.private ? 'Private' : 'Public',
    karma: person.karma,
    time_zone: person.timeZone,
    date_created: view.date(person.dateCreated),
    account_status: person.accountStatus === 'Merged' ? 'Closed' : person.accountStatus,
    account_status_history: null,
    hide_email_addresses: true,
    team_owner_link: view.link(person.teamOwner),
    archive_link: view.link(ppa ?? null),
    preferred_email_address_link: `${view.self(person)}/+email/${encodeURIComponent(person.email)}`,
    mailing_list_auto_subscribe_policy: 'Ask me when I join a team',
  };
  if (isTeam) {
    Object.assign(fields, {
      team_description: person.description,
      membership_policy: 'Restricted Team',
      subscription_policy: 'Restricted Team',
      renewal_policy: 'invite them to apply for renewal',
    });
  }
  if (view.caller.admin || view.caller.person === person) return fields;
  for (const field of [...OWN, ...person.redacted]) fields[field] = REDACTED;
  return fields;
}

export function membershipFields(membership: Membership, view: View): Fields {
  return {
    team_link: view.link(membership.team),
    member_link: view.link(membership.member),
    status: membership.status,
    date_joined: view.date(membership.dateJoined),
    date_expires: view.date(membership.dateExpires),
    last_changed_by_link: view.link(membership.lastChangedBy),
    last_change_comment: membership.lastChangeComment,
  };
}
