import { readable } from '@tributary/clients/launchpad';
import type { Json, Unit } from '@tributary/etl';
import { LAUNCHPAD_TEAM_UNKNOWN } from '../errors.js';
import { readStable } from '../list/stable-listing.js';
import { linkIn, linkOrNull, nameIn } from '../source/fields.js';
import { text } from '../source/payload.js';
import type { LaunchpadPage, Reader, Reading } from '../source/reading.js';
import { mustBeFound } from './found.js';
import { memberUnits } from './member-units.js';

interface TeamCursor {
  readonly link: string;
  readonly listing?: Json;
}

/** A team that the caller named, then the people in it and in the teams within it. */
export const readTeam: Reader = async (reading, cursor) => {
  if (cursor === undefined) return findTeam(reading);
  const { link, listing } = cursor as unknown as TeamCursor;
  const page = await readStable(reading, listing, {
    pages: (options) => reading.launchpad.collection('person', link, options),
    discover: (people) =>
      people.flatMap((person) => {
        const name = nameIn(person.self_link);
        return readable(person.is_team) === true || name === undefined ? [] : memberUnits(reading, person, name, name);
      }),
  });
  return { ...page, cursor: page.cursor === undefined ? undefined : { link, listing: page.cursor } };
};

async function findTeam({ launchpad, query, unit, context: { signal } }: Reading): Promise<LaunchpadPage> {
  const name = text(unit.payload, 'name');
  const url = launchpad.link(`~${name}`);
  const unknown = () => LAUNCHPAD_TEAM_UNKNOWN({ name, outcome: 'failed' });
  const team = mustBeFound(await launchpad.find('team', url, { signal }), url, unknown);
  if (readable(team.is_team) !== true) throw unknown();
  const now = nameIn(team.self_link) ?? name;
  const members: Unit = {
    key: `members:${now}`,
    stage: 'list',
    kind: 'memberships',
    payload: { link: linkOrNull(team, 'members_details_collection_link') },
    subjects: [name],
  };
  return {
    records: [],
    discovered: query.flows.has('team_memberships') ? [members] : [],
    cursor: { link: linkIn(team, 'participants_collection_link') },
    ...(now === name ? {} : { renamed: { subject: name, to: now } }),
  };
}
