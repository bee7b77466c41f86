import { problemText } from '../control/problem-text.js';
import type { Ownership } from '../definitions/parts.js';
import { relationAt, shapeOf, splitKey } from '../state/patch.js';
import { isAlive } from '../state/record.js';
import { isRelated, recordAt } from '../state/store.js';
import { relatedId, viewerOf } from '../state/view.js';
import type { Work } from '../work.js';
import { attend, end, start } from './life.js';
import { entityOf, workflowIdOf } from './workflow-id.js';

/** Starts and ends children so that they are those that the state asks for. Looks only at those that may have changed. */
export function reconcile(work: Work): void {
  noticeTouched(work);
  const { at } = work.moment;
  const due = [...work.next.attention.entries()]
    .filter(([, time]) => time <= at)
    .map(([workflow]) => workflow)
    .sort();
  let left = work.definition.limits.starts;
  for (const workflow of due) {
    if (left === 0) break;
    work.next.attention = work.next.attention.delete(workflow);
    if (look(work, workflow)) left -= 1;
  }
}

function noticeTouched(work: Work): void {
  const { definition, next } = work;
  const shape = shapeOf(definition.model, next.self.type);
  const owned = new Set(
    Object.keys(definition.owns).flatMap((name) => (shape && relationAt(shape, name)?.target) ?? []),
  );
  for (const key of next.touched.keys()) {
    if (key.includes('/')) {
      const { type, id } = splitKey(key);
      if (owned.has(type)) notice(work, type, id);
    } else {
      const name = key.slice(key.indexOf('.') + 1);
      for (const child of next.children.values()) if (child.relation === name) notice(work, child.type, child.id);
      const target = shape && relationAt(shape, name)?.target;
      const id = recordAt(work.store, next.self.type, next.self.id)?.fields[name]?.value;
      if (target !== undefined && typeof id === 'string') notice(work, target, id);
    }
  }
}

function notice(work: Work, type: string, id: string): void {
  attend(work, workflowIdOf(work.next.self, type, id), work.moment.at);
}

/** @returns whether something was ordered */
function look(work: Work, workflow: string): boolean {
  const child = work.next.children.get(workflow);
  const entity = child ?? entityOf(work.next.self, workflow);
  let owner: readonly [string, Ownership] | undefined;
  try {
    owner = ownerOf(work, entity.type, entity.id);
  } catch (error) {
    // A condition that fails says nothing, so the child stays as it is.
    work.putAside('when', 'STATEFUL_DEFINITION_INVALID', `when of ${entity.type} failed: ${problemText(error)}`);
    return false;
  }
  if (!child)
    return owner !== undefined && start(work, workflow, { ...entity, relation: owner[0], failures: 0 }, owner[1]);
  if (owner) {
    if (child.status !== 'waiting') return false;
    if (child.since <= work.moment.at) return start(work, workflow, { ...child, relation: owner[0] }, owner[1]);
    attend(work, workflow, child.since);
    return false;
  }
  if (child.status === 'running') return end(work, workflow, child);
  if (child.status === 'waiting' || child.status === 'ended') work.next.children = work.next.children.delete(workflow);
  return false;
}

/** The relation by which the root owns an entity now, if it does; an entity whose condition says no is not owned. */
function ownerOf(work: Work, type: string, id: string): readonly [string, Ownership] | undefined {
  const { definition, store, next } = work;
  const root = recordAt(store, next.self.type, next.self.id);
  const shape = shapeOf(definition.model, next.self.type);
  if (!shape || !isAlive(root)) return undefined;
  return Object.entries(definition.owns).find(([name, ownership]) => {
    const relation = relationAt(shape, name);
    if (relation?.target !== type) return false;
    const isIn =
      relation.relation === 'many' ? isRelated(store, root, name, type, id) : relatedId(store, root, name, type) === id;
    return isIn && (ownership.when?.(viewerOf(definition.model, store).entity(type, id)) ?? true);
  });
}
