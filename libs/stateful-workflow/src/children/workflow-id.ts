import type { Self } from '../core-state.js';

/**
 * The workflow id of an entity below `self`: `<prefix><Type>/<id>`, with the prefix of `self`. Everything that may be in
 * an id is encoded, so that two entities never share one, and two owners of an entity mean the same.
 */
export function workflowIdOf(self: Pick<Self, 'workflow' | 'type' | 'id'>, type: string, id: string): string {
  return `${prefixOf(self)}${workflowName(type, id)}`;
}

/** `Dataset/d%201`: the part of a workflow id that names the entity. */
export function workflowName(type: string, id: string): string {
  return `${type}/${encodeURIComponent(id)}`;
}

/** What stands before the entity's name; empty when the workflow was started under another id. */
function prefixOf({ workflow, type, id }: Pick<Self, 'workflow' | 'type' | 'id'>): string {
  const name = workflowName(type, id);
  return workflow.endsWith(name) ? workflow.slice(0, workflow.length - name.length) : '';
}

/** The entity that a workflow id of `workflowIdOf` names. */
export function entityOf(
  self: Pick<Self, 'workflow' | 'type' | 'id'>,
  workflow: string,
): { readonly type: string; readonly id: string } {
  const name = workflow.slice(prefixOf(self).length);
  const slash = name.indexOf('/');
  return { type: name.slice(0, slash), id: decodeURIComponent(name.slice(slash + 1)) };
}
