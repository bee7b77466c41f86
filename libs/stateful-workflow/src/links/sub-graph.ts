import { isField, type EntityShape } from '../definitions/entity.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import { workflowIdOf } from '../children/workflow-id.js';
import type { Child } from '../children/child.js';
import type { Self } from '../core-state.js';
import { keyOf, relationAt, shapeOf, splitKey, type EntityKey } from '../state/patch.js';
import type { PersistentMap } from '../state/persistent-map.js';
import { isMember, membersOf, type EntityRecord } from '../state/record.js';
import { edgesTo, recordAt, type Store } from '../state/store.js';
import { linkKey, type LinkKey } from './link.js';

/** What is needed to tell which entities belong to which child. */
export interface Territory {
  readonly definition: EntityWorkflow;
  readonly self: Self;
  readonly children: PersistentMap<Child>;
  readonly store: Store;
}

/**
 * Whether an entity has, or is to have, a workflow of its own below this one. Neither a way up nor a way down goes
 * through it: a child gets nothing of its siblings.
 */
export function isChildRoot({ definition, self, children, store }: Territory, type: string, id: string): boolean {
  const root = recordAt(store, self.type, self.id);
  const shape = shapeOf(definition.model, self.type);
  if (!root || !shape) return false;
  const isOwned = Object.keys(definition.owns).some((name) => {
    const relation = relationAt(shape, name);
    if (relation?.target !== type) return false;
    return relation.relation === 'many' ? isMember(membersOf(root, name).get(id)) : root.fields[name]?.value === id;
  });
  return isOwned || (ownsType(definition, shape, type) && children.has(workflowIdOf(self, type, id)));
}

function ownsType(definition: EntityWorkflow, shape: EntityShape, type: string): boolean {
  return Object.keys(definition.owns).some((name) => relationAt(shape, name)?.target === type);
}

/** The links to the children in whose sub-graph an entity is. Cost: the relations that lead to it, up to the children. */
export function linksTo(territory: Territory, key: EntityKey): Set<LinkKey> {
  const found = new Set<LinkKey>();
  if (territory.children.size === 0) return found;
  const seen = new Set<EntityKey>([key]);
  const open = [key];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { type, id } = splitKey(at);
    if (type === territory.self.type && id === territory.self.id) continue;
    if (isChildRoot(territory, type, id)) {
      found.add(linkKey('down', workflowIdOf(territory.self, type, id)));
      continue;
    }
    for (const edge of edgesTo(territory.store, at)) {
      const from = keyOf(edge);
      if (seen.has(from) || isReference(territory, edge)) continue;
      seen.add(from);
      open.push(from);
    }
  }
  return found;
}

function isReference({ definition }: Territory, edge: { readonly type: string; readonly relation: string }): boolean {
  const shape = shapeOf(definition.model, edge.type);
  return (shape && relationAt(shape, edge.relation)?.reference) ?? false;
}

/** An entity and all that can be reached from it without going through the root or a child's root. */
export function subGraph(territory: Territory, start: EntityKey): EntityKey[] {
  const seen = new Set<EntityKey>([start]);
  const open = [start];
  const isBarrier = (type: string, id: string): boolean =>
    (type === territory.self.type && id === territory.self.id) || isChildRoot(territory, type, id);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { type, id } = splitKey(at);
    const record = recordAt(territory.store, type, id);
    const shape = shapeOf(territory.definition.model, type);
    if (!record || !shape) continue;
    for (const next of targetsOf(shape, record)) {
      const key = keyOf(next);
      if (seen.has(key) || isBarrier(next.type, next.id)) continue;
      seen.add(key);
      open.push(key);
    }
  }
  return [...seen];
}

/** The other ends of the relations of an entity, but for references. */
function* targetsOf(
  shape: EntityShape,
  record: EntityRecord,
): Generator<{ readonly type: string; readonly id: string }> {
  for (const [name, part] of Object.entries(shape)) {
    if (isField(part) || part.reference) continue;
    if (part.relation === 'one') {
      const id = record.fields[name]?.value;
      if (typeof id === 'string') yield { type: part.target, id };
    } else {
      for (const [id, membership] of membersOf(record, name).entries())
        if (isMember(membership)) yield { type: part.target, id };
    }
  }
}
