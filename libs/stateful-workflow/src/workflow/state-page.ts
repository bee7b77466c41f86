import { payloadBytes } from '@tributary/common';
import type { CoreState } from '../core-state.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import { entityState } from '../inspect.js';
import type { Json } from '../json.js';

const PAGE_BYTES = 150_000;

/** Which part of the state is asked for: one entity, or what comes after a place. */
export interface StateQuestion {
  readonly type?: string;
  readonly id?: string;
  readonly after?: StatePlace;
}

export interface StatePlace {
  readonly type: string;
  readonly id: string;
}

/** A part of the normalized state: entities by type and id. */
export interface StatePage {
  /** Changes counted so far: two pages with the same number belong together. */
  readonly at: number;
  readonly entities: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Json>>>>>>;
  /** Where the next page begins; absent when this is the last one. */
  readonly next?: StatePlace;
}

/** As much of the state as fits into one answer, in order of type and id. */
export function statePage(definition: EntityWorkflow, state: CoreState, at: number, { type, id, after }: StateQuestion): StatePage {
  const entities: Record<string, Record<string, Readonly<Record<string, Json>>>> = {};
  let bytes = 0;
  let last: StatePlace | undefined;
  const types = type === undefined ? Object.keys(definition.model.entities) : [type];
  const from = after === undefined ? 0 : types.indexOf(after.type);
  for (const name of types.slice(Math.max(from, 0))) {
    const ids = id === undefined ? [...(state.store.tables[name]?.keys() ?? [])].sort() : [id];
    for (const each of ids) {
      if (after?.type === name && each <= after.id) continue;
      const entity = entityState(definition, state, name, each);
      if (!entity) continue;
      bytes += payloadBytes(entity) + each.length + 4;
      if (bytes > PAGE_BYTES && last) return { at, entities, next: last };
      (entities[name] ??= {})[each] = entity;
      last = { type: name, id: each };
    }
  }
  return { at, entities };
}
