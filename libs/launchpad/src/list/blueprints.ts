import type { BlueprintFields } from '@tributary/transformers/launchpad';
import { fields, linkIn } from '../source/fields.js';
import { behalfOf, behalfPayload, listedNow } from '../source/payload.js';
import type { Reader } from '../source/reading.js';
import { readStable } from './stable-listing.js';

const BLUEPRINT_FIELDS = [
  'self_link',
  'date_created',
  'title',
  'owner_link',
  'starter_link',
  'date_started',
  'completer_link',
  'date_completed',
  'assignee_link',
  'drafter_link',
  'approver_link',
  'definition_status',
  'implementation_status',
  'priority',
  'workitems_text',
] as const;

/** Blueprints of a person or project. Their rows hold all there is; a unit for each lets those of several people count once. */
export const readBlueprints: Reader = (reading, cursor) => {
  const { launchpad, query, unit } = reading;
  const behalf = behalfPayload(behalfOf(unit.payload));
  return readStable(reading, cursor, {
    pages: (options) => launchpad.collection('specification', linkIn(unit.payload, 'link'), options),
    discover: (blueprints) =>
      blueprints.map((blueprint) => ({
        key: `blueprint:${blueprint.self_link.slice(launchpad.root.length)}`,
        stage: 'visit',
        kind: 'blueprint',
        payload: { ...behalf, ...listedNow(), row: { ...fields<BlueprintFields>(blueprint, query.bodies ? [...BLUEPRINT_FIELDS, 'summary'] : BLUEPRINT_FIELDS) } },
        subjects: unit.subjects,
      })),
  });
};
