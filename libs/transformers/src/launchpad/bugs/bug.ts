import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from '../draft.js';
import type { BugMessageRecord, BugRecord } from '../records/index.js';
import { body, messageProperties } from '../text/bodies.js';

/** `bug.created`. */
export function bugEvents({ bug, bodies }: BugRecord): readonly EventDraft[] {
  const parentId = `bug-${bug.id}`;
  const check = checked(parentId);
  const original = bug.duplicate_of_link;
  return [
    check.event({
      type: 'bug.created',
      id: `${parentId}-created`,
      parentId,
      time: check.time('date_created', bug.date_created),
      actor: check.person('owner_link', bug.owner_link),
      properties: {
        bug_id: bug.id,
        title: bug.title,
        tags: bug.tags,
        information_type: bug.information_type,
        heat: bug.heat,
        duplicates: bug.number_of_duplicates,
        users_affected: bug.users_affected_count,
        duplicate_of: original == null ? original : check.number('duplicate_of_link', original, 'bugs'),
        ...body('description', bug.description, bodies),
      },
    }),
  ];
}

/** `bug.commented`; nothing for the description, which is message 0 and belongs to `bug.created`. */
export function bugMessageEvents({ bug, message, bodies }: BugMessageRecord): readonly EventDraft[] {
  const parentId = `bug-${bug}`;
  const check = checked(`${parentId}, a message`);
  check.number('self_link', message.self_link, message.self_link.includes('/+bug/') ? '+bug' : 'bugs', bug);
  const index = check.number('self_link', message.self_link, 'comments');
  if (index === 0) return [];
  return [
    check.event({
      type: 'bug.commented',
      id: `${parentId}-comment-${index}`,
      parentId,
      time: check.time('date_created', message.date_created),
      actor: check.person('owner_link', message.owner_link),
      properties: { bug_id: bug, index, subject: message.subject, ...messageProperties(message, bodies) },
    }),
  ];
}
