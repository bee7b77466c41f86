import type { Entity, MembershipStatus, Person } from '../world/entities.js';
import type { World } from '../world/world.js';

/** What a link such as `activity_collection_link` of an entity leads to. Those not listed are empty. */
export function linkCollection(entity: Entity, name: string, world: World): readonly Entity[] {
  switch (entity.type) {
    case 'person':
    case 'team':
      return ofPerson(entity, name, world);
    case 'project':
      if (name.endsWith('_specifications')) return world.blueprints.all.filter(({ target }) => target === entity);
      return name.endsWith('_milestones') ? entity.milestones : [];
    case 'project_group':
      return name === 'projects' ? entity.projects : [];
    case 'distribution':
      if (name === 'series') return entity.series;
      return name === 'archives'
        ? world.archives.all.filter((archive) => archive.main && archive.distribution === entity)
        : [];
    case 'bug':
      return ofBug(entity, name);
    case 'bug_task':
      return name === 'related_tasks' ? entity.bug.tasks.filter((task) => task !== entity) : [];
    case 'git_repository':
      if (name === 'landing_targets')
        return world.code.proposals.filter(({ source }) => source.kind === 'git' && source.repository === entity);
      if (name === 'landing_candidates')
        return world.code.proposals.filter(({ target }) => target.kind === 'git' && target.repository === entity);
      return [];
    case 'branch_merge_proposal':
      switch (name) {
        case 'all_comments':
          return entity.comments;
        case 'votes':
          return entity.votes;
        case 'bugs':
          return entity.bugs;
        case 'preview_diffs':
          return entity.diffs;
        default:
          return [];
      }
    case 'question':
      return name === 'messages' ? entity.messages : [];
    default:
      return [];
  }
}

function ofBug(bug: Entity & { type: 'bug' }, name: string): readonly Entity[] {
  switch (name) {
    case 'activity':
      return bug.activity;
    case 'messages':
      return bug.messages;
    case 'bug_tasks':
      return bug.tasks;
    case 'duplicates':
      return bug.duplicates;
    case 'linked_merge_proposals':
      return bug.proposals;
    case 'users_affected':
      return [...bug.affected];
    case 'users_affected_with_dupes':
      return [...new Set([...bug.affected, ...bug.duplicates.flatMap((duplicate) => [...duplicate.affected])])];
    default:
      return [];
  }
}

const BY_STATUS: Readonly<Record<string, readonly MembershipStatus[]>> = {
  members: ['Approved', 'Administrator'],
  admins: ['Administrator'],
  proposed_members: ['Proposed'],
  expired_members: ['Expired'],
  deactivated_members: ['Deactivated'],
  invited_members: ['Invited'],
};

function ofPerson(person: Person, name: string, world: World): readonly Entity[] {
  const statuses = BY_STATUS[name];
  if (statuses !== undefined) return byName(world.people.members(person, new Set(statuses)));
  switch (name) {
    case 'participants':
      return byName([...world.people.participants(person)]);
    case 'members_details':
      // Active ones only; a former member's row is found at `+member/<name>` of the team.
      return person.members.filter(({ status }) => BY_STATUS['members']?.includes(status));
    case 'memberships_details':
      return person.memberships.filter(({ status }) => BY_STATUS['members']?.includes(status));
    case 'super_teams':
      return byName([...world.people.superTeams(person)]);
    case 'sub_teams':
      return byName(world.people.members(person).filter(({ type }) => type === 'team'));
    case 'ppas':
      return world.archives.ppas(person);
    case 'all_specifications':
    case 'valid_specifications':
      return world.blueprints.all.filter((specification) => specificationIsOf(specification, person));
    default:
      return [];
  }
}

function specificationIsOf(specification: Entity & { type: 'specification' }, person: Person): boolean {
  const { owner, assignee, drafter, approver } = specification;
  return owner === person || assignee === person || drafter === person || approver === person;
}

function byName(people: readonly Person[]): Person[] {
  return [...people].sort((a, b) =>
    a.displayName < b.displayName ? -1 : a.displayName > b.displayName ? 1 : a.id - b.id,
  );
}

/** The entries of a top-level collection, as `people`. */
export function topCollection(name: string, world: World): readonly Entity[] {
  switch (name) {
    case 'people':
      return byName(world.people.all);
    case 'bugs':
      return world.bugs.all;
    case 'projects':
      return world.pillars.all.filter(({ type }) => type === 'project');
    case 'project_groups':
      return world.pillars.all.filter(({ type }) => type === 'project_group');
    case 'distributions':
      return world.pillars.all.filter(({ type }) => type === 'distribution');
    case 'git_repositories':
      return world.code.repositories;
    case 'branches':
      return world.code.branches;
    case 'questions':
      return world.questions.all;
    case 'specifications':
      return world.blueprints.all;
    case 'archives':
      return world.archives.all;
    case 'languages':
      return world.pillars.languages;
    default:
      return [];
  }
}
