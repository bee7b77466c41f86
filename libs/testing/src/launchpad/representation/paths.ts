import type { Entity } from '../world/entities.js';

/** Where an entity is found below the version's root, without a leading slash. */
export function pathOf(entity: Entity): string {
  switch (entity.type) {
    case 'person':
    case 'team':
      return `~${entity.name}`;
    case 'team_membership':
      return `~${entity.team.name}/+member/${entity.member.name}`;
    case 'project':
    case 'project_group':
    case 'distribution':
      return entity.name;
    case 'distro_series':
      return `${entity.distribution.name}/${entity.name}`;
    case 'distribution_source_package':
      return `${entity.distribution.name}/+source/${entity.name}`;
    case 'milestone':
      return `${entity.target.name}/+milestone/${entity.name}`;
    case 'bug':
      return `bugs/${entity.id}`;
    case 'bug_task':
      return `${pathOf(entity.target)}/+bug/${entity.bug.id}`;
    case 'bug_activity':
      return `bugs/${entity.bug.id}/activity`;
    case 'message': {
      const [first] = entity.bug.tasks;
      const place = first === undefined ? `bugs/${entity.bug.id}` : pathOf(first);
      return `${place}/comments/${entity.index}`;
    }
    case 'git_repository':
      return `~${entity.owner.name}/${entity.project.name}/+git/${entity.name}`;
    case 'branch':
      return `~${entity.owner.name}/${entity.project.name}/${entity.name}`;
    case 'branch_merge_proposal': {
      const { source } = entity;
      return `${pathOf(source.kind === 'git' ? source.repository : source.branch)}/+merge/${entity.id}`;
    }
    case 'code_review_comment':
      return `${pathOf(entity.proposal)}/comments/${entity.id}`;
    case 'code_review_vote_reference':
      return `${pathOf(entity.proposal)}/+review/${entity.id}`;
    case 'preview_diff':
      return `${pathOf(entity.proposal)}/+preview-diff/${entity.id}`;
    case 'question':
      return `${entity.target.name}/+question/${entity.id}`;
    case 'question_message':
      return `${pathOf(entity.question)}/messages/${entity.index}`;
    case 'language':
      return `+languages/${entity.code}`;
    case 'specification':
      return `${entity.target.name}/+spec/${entity.name}`;
    case 'archive':
      return entity.main
        ? `${entity.distribution.name}/+archive/${entity.name}`
        : `~${entity.owner.name}/+archive/${entity.distribution.name}/${entity.name}`;
    case 'source_package_publishing_history':
      return `${pathOf(entity.archive)}/+sourcepub/${entity.id}`;
  }
}
