import { isPrivate, targetName } from '../world/bugs.js';
import type { Bug, BugActivity, BugMessage, BugTask } from '../world/entities-bugs.js';
import { RESOLVED } from '../world/task-status.js';
import type { Fields } from './represent.js';
import type { View } from './view.js';

export function bugFields(bug: Bug, view: View): Fields {
  const affected = bug.affected.size;
  const withDuplicates = new Set([...bug.affected, ...bug.duplicates.flatMap((duplicate) => [...duplicate.affected])])
    .size;
  const callerIsAffected = view.caller.person !== undefined && bug.affected.has(view.caller.person);
  return {
    id: bug.id,
    title: bug.title,
    description: bug.description,
    name: null,
    owner_link: view.link(bug.owner),
    information_type: bug.informationType,
    private: isPrivate(bug),
    security_related: bug.informationType === 'Public Security' || bug.informationType === 'Private Security',
    tags: bug.tags,
    heat: bug.heat + 2 * (affected - 1) + 4 * bug.duplicates.length,
    date_created: view.date(bug.dateCreated),
    date_last_updated: view.date(bug.dateLastUpdated),
    date_last_message: view.date(bug.dateLastMessage),
    date_made_private: view.date(bug.dateMadePrivate),
    who_made_private_link: view.link(bug.whoMadePrivate),
    duplicate_of_link: view.link(bug.duplicateOf),
    number_of_duplicates: bug.duplicates.length,
    message_count: bug.messages.length,
    users_affected_count: affected,
    users_affected_count_with_dupes: withDuplicates,
    other_users_affected_count_with_dupes: callerIsAffected ? withDuplicates - 1 : withDuplicates,
    lock_status: 'Unlocked',
  };
}

export function bugTaskFields(task: BugTask, view: View): Fields {
  const { target } = task;
  const display = target.type === 'distribution_source_package' ? targetName(target) : target.displayName;
  return {
    bug_link: view.link(task.bug),
    target_link: view.link(target),
    title: `Bug #${task.bug.id} in ${display}: "${task.bug.title}"`,
    bug_target_name: targetName(target),
    bug_target_display_name: display,
    status: task.status,
    importance: task.importance,
    is_complete: RESOLVED.has(task.status),
    assignee_link: view.link(task.assignee),
    owner_link: view.link(task.owner),
    milestone_link: view.link(task.milestone),
    date_created: view.date(task.dateCreated),
    date_assigned: view.date(task.dateAssigned),
    date_closed: view.date(task.dateClosed),
    date_confirmed: view.date(task.dateConfirmed),
    date_deferred: view.date(task.dateDeferred),
    date_fix_committed: view.date(task.dateFixCommitted),
    date_fix_released: view.date(task.dateFixReleased),
    date_in_progress: view.date(task.dateInProgress),
    date_incomplete: view.date(task.dateIncomplete),
    date_left_closed: view.date(task.dateLeftClosed),
    date_left_new: view.date(task.dateLeftNew),
    date_triaged: view.date(task.dateTriaged),
  };
}

export function bugActivityFields(activity: BugActivity, view: View): Fields {
  return {
    bug_link: view.link(activity.bug),
    person_link: view.link(activity.person),
    datechanged: view.date(activity.dateChanged),
    whatchanged: activity.whatChanged,
    oldvalue: activity.oldValue,
    newvalue: activity.newValue,
    message: activity.message,
  };
}

export function messageFields(message: BugMessage, view: View): Fields {
  const first = message.bug.messages[0];
  return {
    subject: message.subject,
    content: message.content,
    visible: message.visible,
    owner_link: view.link(message.owner),
    parent_link: message.index === 0 || first === undefined ? null : view.link(first),
    date_created: view.date(message.dateCreated),
    date_last_edited: view.date(message.dateLastEdited),
    date_deleted: view.date(message.dateDeleted),
  };
}
