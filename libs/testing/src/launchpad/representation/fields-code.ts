import type {
  Branch,
  CodeRef,
  CodeReviewComment,
  GitRepository,
  PreviewDiff,
  Proposal,
  Vote,
} from '../world/entities-code.js';
import { pathOf } from './paths.js';
import type { Fields } from './represent.js';
import type { View } from './view.js';

export function proposalFields(proposal: Proposal, view: View): Fields {
  const { source, target, prerequisite } = proposal;
  return {
    address: `mp+${proposal.id}@code.example.com`,
    registrant_link: view.link(proposal.registrant),
    ...refFields('source', source, view),
    ...refFields('target', target, view),
    ...refFields('prerequisite', prerequisite, view),
    description: proposal.description,
    commit_message: proposal.commitMessage,
    queue_status: proposal.queueStatus,
    private: isPrivateRef(source) || isPrivateRef(target),
    date_created: view.date(proposal.dateCreated),
    date_review_requested: view.date(proposal.dateReviewRequested),
    date_reviewed: view.date(proposal.dateReviewed),
    date_merged: view.date(proposal.dateMerged),
    reviewer_link: view.link(proposal.reviewer),
    reviewed_revid: proposal.reviewedRevision,
    merge_reporter_link: view.link(proposal.mergeReporter),
    merged_revision_id: proposal.mergedRevisionId,
    merged_revno: proposal.mergedRevno,
    supersedes_link: view.link(proposal.supersedes),
    superseded_by_link: view.link(proposal.supersededBy),
    preview_diff_link: view.link(proposal.diffs.at(-1) ?? null),
  };
}

function refFields(name: string, ref: CodeRef | null, view: View): Fields {
  return {
    [`${name}_branch_link`]: ref?.kind === 'bzr' ? view.link(ref.branch) : null,
    [`${name}_git_path`]: ref?.kind === 'git' ? ref.path : null,
    [`${name}_git_repository_link`]: ref?.kind === 'git' ? view.link(ref.repository) : null,
  };
}

function isPrivateRef(ref: CodeRef): boolean {
  return ref.kind === 'git' ? ref.repository.private : ref.branch.private;
}

export function codeReviewCommentFields(comment: CodeReviewComment, view: View): Fields {
  return {
    id: comment.id,
    branch_merge_proposal_link: view.link(comment.proposal),
    author_link: view.link(comment.author),
    owner_link: view.link(comment.author),
    title: comment.title,
    content: comment.content,
    message_body: comment.content,
    as_quoted_email: comment.content === '' ? '' : comment.content.replace(/^/gm, '> '),
    vote: comment.vote,
    vote_tag: comment.voteTag,
    date_created: view.date(comment.dateCreated),
    date_last_edited: view.date(comment.dateLastEdited),
    date_deleted: view.date(comment.dateDeleted),
  };
}

export function voteFields(vote: Vote, view: View): Fields {
  return {
    branch_merge_proposal_link: view.link(vote.proposal),
    registrant_link: view.link(vote.registrant),
    reviewer_link: view.link(vote.reviewer),
    review_type: vote.reviewType,
    comment_link: view.link(vote.comment),
    is_pending: vote.comment === null,
    date_created: view.date(vote.dateCreated),
  };
}

export function previewDiffFields(diff: PreviewDiff, view: View): Fields {
  return {
    id: diff.id,
    title: `Preview diff ${diff.id}`,
    branch_merge_proposal_link: view.link(diff.proposal),
    date_created: view.date(diff.dateCreated),
    added_lines_count: diff.added,
    removed_lines_count: diff.removed,
    diff_lines_count: diff.added + diff.removed + 10,
    diffstat: { 'src/main.py': [diff.added, diff.removed] },
    conflicts: diff.conflicts,
    source_revision_id: diff.sourceRevision,
    target_revision_id: diff.targetRevision,
    stale: diff.proposal.diffs.at(-1) !== diff,
  };
}

export function repositoryFields(repository: GitRepository, view: View): Fields {
  const path = pathOf(repository);
  return {
    id: repository.id,
    name: repository.name,
    unique_name: path,
    display_name: `lp:${path}`,
    git_identity: `lp:${path}`,
    git_https_url: `${view.web}${path}`,
    git_ssh_url: `git+ssh://git.example.com/${path}`,
    default_branch: 'refs/heads/main',
    repository_type: 'Hosted',
    owner_link: view.link(repository.owner),
    registrant_link: view.link(repository.owner),
    target_link: view.link(repository.project),
    private: repository.private,
    information_type: repository.private ? 'Private' : 'Public',
    date_created: view.date(repository.dateCreated),
    date_last_modified: view.date(repository.dateLastModified),
  };
}

export function branchFields(branch: Branch, view: View): Fields {
  const path = pathOf(branch);
  return {
    name: branch.name,
    unique_name: path,
    display_name: `lp:${path}`,
    bzr_identity: `lp:${path}`,
    owner_link: view.link(branch.owner),
    registrant_link: view.link(branch.owner),
    project_link: view.link(branch.project),
    private: branch.private,
    explicitly_private: branch.private,
    information_type: branch.private ? 'Private' : 'Public',
    branch_type: 'Hosted',
    lifecycle_status: 'Development',
    revision_count: 1,
    date_created: view.date(branch.dateCreated),
    date_last_modified: view.date(branch.dateLastModified),
  };
}
