import type { EntityChild, EntityFields, EntitySummary, EntityType } from '../../api/entities.js';

/** An entity in the tree. */
export interface EntityNode {
  /** Its workflow id. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  /** Type within the model: Organization. */
  readonly entity: string;
  /** Types that it may be of; several where the model's type does not tell. */
  readonly candidates: readonly string[];
  /** How fresh what it stands for is, where the model says so: ok, late, stale, unknown. */
  readonly health: string | undefined;
  /** What keeps it from being well as a workflow: paused, failing, … */
  readonly trouble: string | undefined;
}

/** The nodes of a list of entities of one type. */
export function nodesOfList(entities: readonly EntitySummary[], type: EntityType, fields: ReadonlyMap<string, EntityFields>): readonly EntityNode[] {
  return entities.map(({ id, workflowId }) => ({
    key: workflowId,
    id,
    ...described(fields.get(workflowId)?.[type.entity]?.[id], id),
    entity: type.entity,
    candidates: [type.type],
    trouble: undefined,
  }));
}

/** The nodes of children, with what their owner knows of them. */
export function nodesOfChildren(children: readonly EntityChild[], types: readonly EntityType[], known: EntityFields): readonly EntityNode[] {
  return children
    .filter(({ status }) => status !== 'ended')
    .map(({ workflow, type, id, status, failures }) => ({
      key: workflow,
      id,
      ...described(known[type]?.[id], id),
      entity: type,
      candidates: candidatesFor(type, types),
      trouble: status === 'running' ? undefined : failures > 0 ? `${status} after ${failures} failures` : status,
    }));
}

/** Types of entities that stand for a type of the model. */
function candidatesFor(entity: string, types: readonly EntityType[]): readonly string[] {
  return types.filter((type) => type.entity === entity).map(({ type }) => type);
}

function described(fields: Readonly<Record<string, unknown>> | undefined, id: string): { readonly name: string; readonly health: string | undefined } {
  const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  return { name: text(fields?.['name']) ?? id, health: text(fields?.['health']) };
}
