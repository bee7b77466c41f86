import type { Resource } from '@tributary/clients/launchpad';
import type { Unit } from '@tributary/etl';
import type { LaunchpadQuery } from '../query/launchpad-query.js';
import { clockPayload } from '../list/look-back.js';
import { linkOrNull } from '../source/fields.js';
import { behalfPayload } from '../source/payload.js';
import type { Reading, Stage } from '../source/reading.js';

/**
 * Where a person's activity is looked for.
 * @param subject name under which the report has the person
 */
export function memberUnits({ query, launchpad }: Pick<Reading, 'query' | 'launchpad'>, person: Resource<'person'>, name: string, subject: string): readonly Unit[] {
  const of = behalfPayload({ of: new Map([[name, subject]]) });
  const unit = (key: string, kind: string, payload: Unit['payload'] = {}, stage: Stage = 'list'): Unit => ({
    key,
    stage,
    kind,
    payload: { ...of, ...payload },
    subjects: [subject],
  });
  const marked = (one: Unit): Unit => ({ ...one, mark: one.key });
  const link = person.self_link;
  const { flows } = query;

  const units: Unit[] = [];
  if (query.incremental) units.push(unit('roster', 'roster', {}, 'roster'), unit('newest', 'newest', {}, 'roster'));
  if (flows.has('bugs')) {
    const payload = { link, ...clockPayload(launchpad) };
    units.push(marked(unit(`bugs-reported:${name}`, 'bugs-reported', payload)));
    units.push(marked(unit(`bugs-commented:${name}`, 'bugs-commented', payload)));
  }
  if (flows.has('merge_proposals')) {
    units.push(unit(`proposals-from:${name}`, 'proposals-from', { link }));
    units.push(unit(`reviews:${name}`, 'reviews', { link }));
  }
  if (flows.has('merge_proposals') || flows.has('package_uploads')) {
    units.push(unit(`teams:${name}`, 'teams', { link: linkOrNull(person, 'super_teams_collection_link') }, 'teams'));
  }
  if (flows.has('questions')) units.push(unit(`questions-of:${name}`, 'questions-of', { link }));
  if (flows.has('blueprints')) units.push(unit(`blueprints:${name}`, 'blueprints', { link: linkOrNull(person, 'all_specifications_collection_link') }));
  if (flows.has('package_uploads')) units.push(unit(`archives:~${name}`, 'archives', { link: linkOrNull(person, 'ppas_collection_link') }));
  if (flows.has('team_memberships')) {
    units.push(unit(`memberships:${name}`, 'memberships', { link: linkOrNull(person, 'memberships_details_collection_link') }));
  }
  return units;
}

/** Those of a person's units that have to know when the newest person joined the run. */
export function newestUnits(query: LaunchpadQuery, name: string, subject: string, newest: string): readonly Unit[] {
  const unit = (kind: string, stage: Stage): Unit => ({ key: `${kind}:${name}`, stage, kind, payload: { newest }, subjects: [subject] });
  return [
    ...(query.flows.has('merge_proposals') ? [unit('proposals-from', 'list'), unit('reviews', 'list'), unit('teams', 'teams')] : []),
    ...(query.flows.has('questions') ? [unit('questions-of', 'list')] : []),
  ];
}
