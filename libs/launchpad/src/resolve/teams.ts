import type { Unit } from '@tributary/etl';
import { readStable } from '../list/stable-listing.js';
import { linkIn, linkOrNull, nameIn } from '../source/fields.js';
import { behalfOf, behalfPayload } from '../source/payload.js';
import type { Reader } from '../source/reading.js';

/** Teams that a member belongs to: their repositories hold proposals of his, their archives uploads. */
export const readTeams: Reader = (reading, cursor) => {
  const { launchpad, query, unit } = reading;
  const { newest } = unit.payload;
  const of = { ...behalfPayload(behalfOf(unit.payload)), ...(newest === undefined ? {} : { newest }) };
  return readStable(reading, cursor, {
    pages: (options) => launchpad.collection('team', linkIn(unit.payload, 'link'), options),
    discover: (teams) =>
      teams.flatMap((team) => {
        const name = nameIn(team.self_link);
        if (name === undefined) return [];
        const list = (key: string, kind: string, payload: Unit['payload']): Unit => ({ key, stage: 'list', kind, payload: { ...of, ...payload }, subjects: unit.subjects });
        const units: Unit[] = [];
        if (query.flows.has('merge_proposals')) units.push(list(`proposals-from:${name}`, 'team-proposals', { link: team.self_link }));
        if (query.flows.has('package_uploads')) units.push(list(`archives:~${name}`, 'archives', { link: linkOrNull(team, 'ppas_collection_link') }));
        return units;
      }),
  });
};
