import { sameJson, type Json } from '../json.js';
import { keyOf, shapeOf } from '../state/patch.js';
import { isAlive } from '../state/record.js';
import { recordAt } from '../state/store.js';
import { fieldsOf } from '../state/view.js';
import type { Work } from '../work.js';

/** Raises the events whose field of the root differs from what was last told. */
export function raiseEvents(work: Work): void {
  const { self } = work.next;
  if (!work.next.touched.has(keyOf(self))) return;
  const fields = rootFields(work);
  if (!fields) return;
  for (const [event, { field }] of Object.entries(work.definition.events)) {
    const before = work.next.told[event] ?? null;
    const after = fields[field] ?? null;
    if (sameJson(before, after)) continue;
    work.next.told = { ...work.next.told, [event]: after };
    work.effect({
      kind: 'publish',
      event,
      id: `${self.workflow}/${event}/${work.stamp()}`,
      before,
      after,
      at: work.moment.at,
    });
  }
}

/** Takes the fields as they are for what was told: nobody is told of a beginning. */
export function rememberTold(work: Work): void {
  const fields = rootFields(work) ?? {};
  work.next.told = Object.fromEntries(
    Object.entries(work.definition.events).map(([event, { field }]) => [event, fields[field] ?? null]),
  );
}

function rootFields(work: Work): Readonly<Record<string, Json>> | undefined {
  const { type, id } = work.next.self;
  const record = recordAt(work.store, type, id);
  const shape = shapeOf(work.definition.model, type);
  return shape && isAlive(record) ? fieldsOf(shape, id, record) : undefined;
}
