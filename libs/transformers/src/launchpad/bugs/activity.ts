import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from '../draft.js';
import type { BugActivityRecord } from '../records/index.js';
import { body } from '../text/bodies.js';
import { activityKey } from './activity-key.js';
import { changeOf } from './changes.js';
import { derivedFrom } from './status.js';

/** The change, and for a change of status also what it means in the life of the task. */
export function bugActivityEvents({ bug, activity, ordinal, bodies }: BugActivityRecord): readonly EventDraft[] {
  const parentId = `bug-${bug}`;
  const check = checked(`${parentId}, a row of its activity`);
  const time = check.time('datechanged', activity.datechanged);
  const actor = check.person('person_link', activity.person_link);
  const change = changeOf(activity, bodies);
  if (change === undefined) return [];
  const id = `${parentId}-activity-${activityKey(activity)}${ordinal > 0 ? `-${ordinal}` : ''}`;
  // The remark of a subscription is the change itself, and names somebody.
  const remark = activity.message == null || /^bug\.(un)?subscribed$/u.test(change.type) ? {} : body('message', activity.message, bodies);
  const events = [check.event({ id, parentId, time, actor, ...change, properties: { bug_id: bug, ...change.properties, ...remark } })];
  if (change.type !== 'bug.status_changed') return events;
  const { target } = change.properties;
  const status = { old: activity.oldvalue ?? null, new: activity.newvalue ?? null };
  const derived = derivedFrom(status).map(({ type, kind }) =>
    check.event({ type, id: `${id}-${kind}`, parentId, time, actor, properties: { bug_id: bug, target, ...status, read_from: 'activity' } }),
  );
  return [...events, ...derived];
}
