import type { Bug } from '../world/entities-bugs.js';
import type { CodeRef } from '../world/entities-code.js';
import type { Entity, Person } from '../world/entities.js';
import { isPrivate } from '../world/bugs.js';
import { placeOf } from '../world/code.js';
import type { World } from '../world/world.js';
import type { Caller } from './caller.js';

/** Whether a caller may know of an entity. What he may not see is left out of pages and answers 404. */
export function isVisible(entity: Entity, caller: Caller, world: World): boolean {
  if (caller.admin) return entity.type !== 'person' || exists(entity);
  switch (entity.type) {
    case 'person':
      return exists(entity);
    case 'team':
      return !entity.private || belongs(caller, [entity], world);
    case 'team_membership':
      return isVisible(entity.team, caller, world) && isVisible(entity.member, caller, world);
    case 'project':
      return !entity.private || belongs(caller, [entity.owner], world);
    case 'bug':
      return bugIsVisible(entity, caller, world);
    case 'bug_task':
    case 'bug_activity':
    case 'message':
      return bugIsVisible(entity.bug, caller, world);
    case 'git_repository':
    case 'branch':
      return !entity.private || belongs(caller, [entity.owner], world);
    case 'branch_merge_proposal':
      return refIsVisible(entity.source, caller, world) && refIsVisible(entity.target, caller, world);
    case 'code_review_comment':
    case 'code_review_vote_reference':
    case 'preview_diff':
      return isVisible(entity.proposal, caller, world);
    case 'archive':
      return !entity.private || belongs(caller, [entity.owner], world);
    case 'source_package_publishing_history':
      return isVisible(entity.archive, caller, world);
    case 'question':
      return isVisible(entity.target, caller, world);
    case 'question_message':
      return isVisible(entity.question, caller, world);
    case 'specification':
    case 'milestone':
      return isVisible(entity.target, caller, world);
    case 'project_group':
    case 'distribution':
    case 'distro_series':
    case 'distribution_source_package':
    case 'language':
      return true;
  }
}

function exists(person: Person): boolean {
  return person.accountStatus !== 'Placeholder' && person.accountStatus !== 'Merged';
}

function bugIsVisible(bug: Bug, caller: Caller, world: World): boolean {
  if (!isPrivate(bug)) return true;
  const assignees = bug.tasks.flatMap(({ assignee }) => (assignee === null ? [] : [assignee]));
  return belongs(caller, [bug.owner, ...bug.subscribers, ...assignees], world);
}

function refIsVisible(ref: CodeRef, caller: Caller, world: World): boolean {
  return isVisible(placeOf(ref), caller, world);
}

function belongs(caller: Caller, to: readonly Person[], world: World): boolean {
  const { person } = caller;
  return person !== undefined && caller.seesPrivate && to.some((one) => world.people.belongs(person, one));
}
