import type { Unit } from '@tributary/etl';
import { LAUNCHPAD_PROJECT_UNKNOWN } from '../errors.js';
import { clockPayload } from '../list/look-back.js';
import { readStable } from '../list/stable-listing.js';
import { lastPart, linkIn, linkOrNull } from '../source/fields.js';
import { behalfPayload, text } from '../source/payload.js';
import type { Reader } from '../source/reading.js';
import { mustBeFound } from './found.js';

const PILLARS = ['project', 'distribution', 'project_group'];

/** A project, distribution or project group that the caller named. */
export const readProject: Reader = async ({ launchpad, query, unit, context: { signal } }) => {
  const name = text(unit.payload, 'name');
  const url = launchpad.link(name);
  const unknown = () => LAUNCHPAD_PROJECT_UNKNOWN({ name, outcome: 'failed' });
  const pillar = mustBeFound(await launchpad.find('pillar', url, { signal }), url, unknown);
  const type = pillar.resource_type_link.replace(/^.*#/, '');
  if (!PILLARS.includes(type)) throw unknown();
  const now = lastPart(pillar.self_link);
  const link = pillar.self_link;
  const list = (key: string, kind: string, payload: Unit['payload'], stage = 'list'): Unit => ({
    key,
    stage,
    kind,
    payload: { ...behalfPayload({ all: true }), ...payload },
    subjects: [name],
  });
  const { flows } = query;
  const units: Unit[] = [];
  if (flows.has('bugs')) units.push({ ...list(`bugs-in:${now}`, 'bugs-in', { link, ...clockPayload(launchpad) }), mark: `bugs-in:${now}` });
  if (flows.has('merge_proposals') && type !== 'distribution') units.push(list(`proposals-in:${now}`, 'proposals-in', { link, type }));
  if (flows.has('questions')) {
    if (type === 'project_group') units.push(list(`projects:${now}`, 'projects', { link: linkOrNull(pillar, 'projects_collection_link') }, 'resolve'));
    else units.push(list(`questions-in:${now}`, 'questions-in', { link, type }));
  }
  if (flows.has('blueprints')) units.push(list(`blueprints-in:${now}`, 'blueprints', { link: linkOrNull(pillar, 'all_specifications_collection_link') }));
  if (flows.has('package_uploads') && type === 'distribution') {
    units.push(list(`archives:${now}`, 'archives', { link: linkOrNull(pillar, 'archives_collection_link') }));
  }
  return { records: [], discovered: units, cursor: undefined, ...(now === name ? {} : { renamed: { subject: name, to: now } }) };
};

/** Projects of a group: what is listed per project only. */
export const readProjects: Reader = (reading, cursor) =>
  readStable(reading, cursor, {
    pages: (options) => reading.launchpad.collection('project', linkIn(reading.unit.payload, 'link'), options),
    discover: (projects) =>
      projects.map(({ self_link: link }) => ({
        key: `questions-in:${lastPart(link)}`,
        stage: 'list',
        kind: 'questions-in',
        payload: { ...behalfPayload({ all: true }), link, type: 'project' },
        subjects: reading.unit.subjects,
      })),
  });
