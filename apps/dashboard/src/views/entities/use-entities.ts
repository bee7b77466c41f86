import { ApiFailure } from '../../api/problem.js';
import { getEntity, listChildren, listEntities, listEntityTypes, readState, type Entity, type EntityChild, type EntityFields, type EntitySummary, type EntityType } from '../../api/entities.js';
import { useRef } from 'preact/hooks';
import { readPages } from '../../lib/read-pages.js';
import { useResource, type Resource } from '../../lib/use-resource.js';
import { nodesOfChildren, nodesOfList, type EntityNode } from './node.js';

export const REFRESH_MS = 5_000;
const STATE_PAGES = 5;
/** So many roots have their own state read for their names; of others the id is shown. */
const NAMED_ROOTS = 10;

export interface Nodes {
  readonly nodes: readonly EntityNode[];
  readonly more: boolean;
}

let known: Promise<readonly EntityType[]> | undefined;

/** The types of entities: read once, as they change with the API's version only. */
export function useEntityTypes(): Resource<readonly EntityType[]> {
  return useResource('entity-types', () => {
    known ??= listEntityTypes().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  });
}

/** With what was read before while more pages are read: a tree that vanishes would lose the focus. */
function useKept<T>(resource: Resource<T>): Resource<T> {
  const kept = useRef<T>(undefined);
  kept.current = resource.value ?? kept.current;
  return { ...resource, value: kept.current };
}

/** Running entities of a type, which are roots of what is shown. @param pages of 100 */
export function useRoots(type: EntityType, pages: number): Resource<Nodes> {
  const resource = useResource(
    `roots/${type.type}/${pages}`,
    async (signal) => {
      const { rows, more } = await readPages<EntitySummary>(pages, async (token) => {
        const { entities, nextPageToken } = await listEntities(type.type, token, { signal });
        return { rows: entities, nextPageToken };
      });
      const fields = new Map<string, EntityFields>();
      for (const { workflowId, id } of rows.slice(0, NAMED_ROOTS)) {
        // An entity that does not answer is shown by its id; its own page says why.
        const state = await readState(type.type, id, type.entity, undefined, { signal }).catch(() => undefined);
        if (state) fields.set(workflowId, state.entities);
      }
      return { nodes: nodesOfList(rows, type, fields), more };
    },
    REFRESH_MS,
  );
  return useKept(resource);
}

/** What is below an entity. @param pages of 200 */
export function useChildren(node: EntityNode, types: readonly EntityType[], pages: number): Resource<Nodes> {
  const resource = useResource(
    `children/${node.key}/${pages}`,
    async (signal) => {
      const type = await typeOf(node, signal);
      const { rows, more } = await readPages<EntityChild>(pages, async (token) => {
        const { children, nextPageToken } = await listChildren(type, node.id, token, { signal });
        return { rows: children, nextPageToken };
      });
      const ofModel = [...new Set(rows.map((child) => child.type))];
      const fields: Record<string, EntityFields[string]> = {};
      for (const entity of ofModel) fields[entity] = await fieldsOf(type, node.id, entity, signal);
      return { nodes: nodesOfChildren(rows, types, fields), more };
    },
    REFRESH_MS,
  );
  return useKept(resource);
}

/** How an entity is doing. */
export function useEntity(node: EntityNode): Resource<Entity> {
  return useResource(`entity/${node.key}`, async (signal) => getEntity(await typeOf(node, signal), node.id, { signal }), REFRESH_MS);
}

/** Types that were found out, by workflow id. */
const found = new Map<string, string>();

/** Which of its candidates an entity is of: a workflow of another type is unknown under them. */
async function typeOf({ key, id, candidates }: EntityNode, signal: AbortSignal): Promise<string> {
  const before = found.get(key);
  if (before !== undefined) return before;
  for (const candidate of candidates.slice(0, -1)) {
    try {
      await getEntity(candidate, id, { signal });
      found.set(key, candidate);
      return candidate;
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.problem.status !== 404) throw error;
    }
  }
  const last = candidates.at(-1) ?? '';
  found.set(key, last);
  return last;
}

async function fieldsOf(type: string, id: string, entity: string, signal: AbortSignal): Promise<EntityFields[string]> {
  const { rows } = await readPages(STATE_PAGES, async (token) => {
    const { entities, nextPageToken } = await readState(type, id, entity, token, { signal });
    return { rows: Object.entries(entities[entity] ?? {}), nextPageToken };
  });
  return Object.fromEntries(rows);
}
