import type { Event, EventDraft } from '@tributary/workflow-contracts/etl';
import { formatInstant, mondayOf, type Instant } from '../time/instant.js';

/** The row that a draft becomes: people by their employee id, time canonical, with its week. */
export function toEvent(draft: EventDraft, time: Instant, sourceKindId: string, employeeOf: (name: string) => string): Event {
  const people = Object.entries(draft.people ?? {}).map(([property, names]) => {
    if (names === null) return [property, null];
    return [property, typeof names === 'string' ? employeeOf(names) : names.map(employeeOf)];
  });
  return {
    id: draft.id,
    parent_id: draft.parentId,
    week: mondayOf(time),
    employee_id: draft.actor === null ? null : employeeOf(draft.actor),
    type: draft.type,
    time_utc: formatInstant(time),
    source_kind_id: sourceKindId,
    relation_properties: { ...draft.properties, ...(Object.fromEntries(people) as object) },
  };
}
