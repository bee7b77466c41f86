import { problemText } from '../control/problem-text.js';
import type { Rollup } from '../definitions/parts.js';
import type { Json } from '../json.js';
import type { Work } from '../work.js';
import { relationAt, shapeOf, splitKey } from './patch.js';
import { PersistentMap } from './persistent-map.js';
import { isAlive, isMember, membersOf } from './record.js';
import type { RollupState } from './rollup.js';
import { isRelated, recordAt } from './store.js';
import { viewerOf } from './view.js';

export const NO_ROLLUP: RollupState = { values: PersistentMap.empty(), counts: {} };

/** Brings the summed-up fields of the root up to date with what was touched since the last cycle. */
export function updateRollups(work: Work): void {
  for (const [field, rollup] of Object.entries(work.definition.rollups)) {
    const target = targetOf(work, rollup);
    const ids = [...work.next.touched.keys()].flatMap((key) => {
      const { type, id } = splitKey(key);
      return type === target ? [id] : [];
    });
    if (ids.length > 0) update(work, field, rollup, ids.sort());
  }
}

/** Counts everything again, as after a restore. */
export function recountRollups(work: Work): void {
  for (const [field, rollup] of Object.entries(work.definition.rollups)) {
    const root = recordAt(work.store, work.next.self.type, work.next.self.id);
    const members = root ? [...membersOf(root, rollup.relation).entries()] : [];
    const ids = members.filter(([, membership]) => isMember(membership)).map(([id]) => id);
    update(work, field, rollup, ids.sort());
  }
}

function update(work: Work, field: string, rollup: Rollup, ids: readonly string[]): void {
  const before = work.next.rollups[field] ?? NO_ROLLUP;
  let { values } = before;
  const counts = { ...before.counts };
  try {
    for (const id of ids) {
      const old = values.get(id);
      const now = valueOf(work, rollup, id);
      if (old === now) continue;
      if (old !== undefined) {
        counts[old] = (counts[old] ?? 0) - 1;
        if (counts[old] === 0) delete counts[old];
      }
      if (now !== undefined) counts[now] = (counts[now] ?? 0) + 1;
      values = now === undefined ? values.delete(id) : values.set(id, now);
    }
    write(work, field, rollup.into(Object.freeze({ ...counts })));
  } catch (error) {
    work.putAside('rollup', 'STATEFUL_DEFINITION_INVALID', `roll-up ${field} failed: ${problemText(error)}`);
    return;
  }
  if (values !== before.values) work.next.rollups = { ...work.next.rollups, [field]: { values, counts } };
}

function write(work: Work, field: string, value: Json | undefined): void {
  const { type, id } = work.next.self;
  if (!isAlive(recordAt(work.store, type, id))) return;
  const author = work.author({ onlyDifferences: true });
  author.update(type, id, value === undefined ? {} : { [field]: value }, value === undefined ? [field] : []);
}

function valueOf(work: Work, rollup: Rollup, id: string): string | undefined {
  const { self } = work.next;
  const root = recordAt(work.store, self.type, self.id);
  const target = targetOf(work, rollup);
  if (target === undefined || !root || !isRelated(work.store, root, rollup.relation, target, id)) return undefined;
  return rollup.of(viewerOf(work.definition.model, work.store).entity(target, id));
}

function targetOf(work: Work, { relation }: Rollup): string | undefined {
  const shape = shapeOf(work.definition.model, work.next.self.type);
  return shape && relationAt(shape, relation)?.target;
}
