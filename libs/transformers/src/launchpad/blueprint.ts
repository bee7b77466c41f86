import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from './draft.js';
import type { BlueprintRecord } from './records/index.js';
import { body } from './text/bodies.js';
import { pathOf } from './text/links.js';

/** `blueprint.created`, and `blueprint.started` and `blueprint.completed` once they have happened. */
export function blueprintEvents({ blueprint, bodies }: BlueprintRecord): readonly EventDraft[] {
  const unnamed = checked('a blueprint');
  const [, target, name] = /^(.+)\/\+spec\/([^/]+)$/u.exec(pathOf(blueprint.self_link) ?? '') ?? [];
  if (target === undefined || name === undefined) return unnamed.refuse('self_link', blueprint.self_link, 'the link of a blueprint');
  const parentId = `blueprint-${target}/${name}`;
  const check = checked(parentId);
  const common = {
    target,
    name,
    definition_status: blueprint.definition_status,
    implementation_status: blueprint.implementation_status,
    priority: blueprint.priority,
  };
  const people = {
    assignee: check.person('assignee_link', blueprint.assignee_link),
    drafter: check.person('drafter_link', blueprint.drafter_link),
    approver: check.person('approver_link', blueprint.approver_link),
  };
  const items = workItems(blueprint.workitems_text);
  const stages = [
    ['created', blueprint.date_created, 'owner_link', { title: blueprint.title, ...items, ...body('summary', blueprint.summary, bodies) }],
    ['started', blueprint.date_started, 'starter_link', {}],
    ['completed', blueprint.date_completed, 'completer_link', {}],
  ] as const;
  return stages
    .filter(([kind, date]) => kind === 'created' || date != null)
    .map(([kind, date, field, more]) =>
      check.event({
        type: `blueprint.${kind}`,
        id: `${parentId}-${kind}`,
        parentId,
        time: check.time(`date_${kind}`, date),
        actor: check.person(field, blueprint[field]),
        properties: { ...common, ...more },
        people,
      }),
    );
}

/** Counts the items, one a line with its state at the end; the lines themselves name people. */
function workItems(text: string | null | undefined): Readonly<Record<string, unknown>> {
  if (text == null) return { work_items: text, work_items_done: text };
  const items = text.split('\n').filter((line) => /: *[A-Z]+ *$/iu.test(line));
  return { work_items: items.length, work_items_done: items.filter((line) => /: *DONE *$/iu.test(line)).length };
}
