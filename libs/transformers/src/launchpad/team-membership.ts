import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from './draft.js';
import type { TeamMembershipRecord } from './records/index.js';
import { compactTime } from './text/time.js';

/** `team.joined` of whoever is or was a member, and `team.left` of a membership that expired. */
export function teamMembershipEvents({ membership, ordinal }: TeamMembershipRecord): readonly EventDraft[] {
  const team = checked('a team membership').person('team_link', membership.team_link);
  if (team === null) return checked('a team membership').refuse('team_link', membership.team_link, 'the link of a team');
  const check = checked(`team-${team}, a membership`);
  const { date_joined, date_expires, status } = membership;
  if (date_joined == null) return [];
  const id = `team-${team}-member-${compactTime(check.time('date_joined', date_joined))}${ordinal > 0 ? `-${ordinal}` : ''}`;
  const event = (kind: 'joined' | 'left', field: string, date: string): EventDraft => {
    const time = check.time(field, date);
    return check.event({
      type: `team.${kind}`,
      id: kind === 'joined' ? `${id}-joined` : `${id}-left-${compactTime(time)}`,
      parentId: `team-${team}`,
      time,
      actor: null,
      properties: { team, status },
      people: { member: check.person('member_link', membership.member_link) },
    });
  };
  const joined = event('joined', 'date_joined', date_joined);
  return date_expires != null && status === 'Expired' ? [joined, event('left', 'date_expires', date_expires)] : [joined];
}
