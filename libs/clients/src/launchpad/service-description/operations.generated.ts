// Made by `npx nx run clients:generate-launchpad` out of devel.json: change that, not this.

import type { InlineComment } from '../inline-comment.js';

export interface ArchiveGetPublishedSourcesParameters {
  readonly component_name?: string;
  readonly created_since_date?: string | Date;
  readonly distro_series?: string;
  readonly exact_match?: boolean;
  readonly order_by_date?: boolean;
  readonly order_by_date_ascending?: boolean;
  readonly pocket?: 'Release' | 'Security' | 'Updates' | 'Proposed' | 'Backports';
  readonly source_name?: string;
  readonly status?: 'Pending' | 'Published' | 'Superseded' | 'Deleted' | 'Obsolete';
  readonly version?: string;
}

export interface BugTargetSearchTasksParameters {
  readonly affected_user?: string;
  readonly assignee?: string;
  readonly bug_commenter?: string;
  readonly bug_reporter?: string;
  readonly bug_subscriber?: string;
  readonly bug_supervisor?: string;
  readonly component?: string | readonly string[];
  readonly created_before?: string | Date;
  readonly created_since?: string | Date;
  readonly has_cve?: boolean;
  readonly has_no_package?: boolean;
  readonly has_patch?: boolean;
  readonly importance?: 'Unknown' | 'Undecided' | 'Critical' | 'High' | 'Medium' | 'Low' | 'Wishlist' | readonly ('Unknown' | 'Undecided' | 'Critical' | 'High' | 'Medium' | 'Low' | 'Wishlist')[];
  readonly information_type?: 'Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed' | readonly ('Public' | 'Public Security' | 'Private Security' | 'Private' | 'Proprietary' | 'Embargoed')[];
  readonly linked_blueprints?: 'Show all bugs' | 'Show only Bugs with linked Blueprints' | 'Show only Bugs without linked Blueprints';
  readonly linked_branches?: 'Show all bugs' | 'Show only Bugs with linked Branches' | 'Show only Bugs without linked Branches';
  readonly milestone?: string;
  readonly modified_since?: string | Date;
  readonly nominated_for?: string;
  readonly omit_duplicates?: boolean;
  readonly omit_targeted?: boolean;
  readonly order_by?: string | readonly string[];
  readonly owner?: string;
  readonly search_text?: string;
  readonly status?: 'New' | 'Incomplete' | 'Opinion' | 'Invalid' | "Won't Fix" | 'Expired' | 'Confirmed' | 'Triaged' | 'In Progress' | 'Deferred' | 'Fix Committed' | 'Fix Released' | 'Does Not Exist' | 'Unknown' | 'Incomplete (with response)' | 'Incomplete (without response)' | readonly ('New' | 'Incomplete' | 'Opinion' | 'Invalid' | "Won't Fix" | 'Expired' | 'Confirmed' | 'Triaged' | 'In Progress' | 'Deferred' | 'Fix Committed' | 'Fix Released' | 'Does Not Exist' | 'Unknown' | 'Incomplete (with response)' | 'Incomplete (without response)')[];
  readonly status_upstream?: 'hide_upstream' | 'open_upstream' | 'pending_bugwatch' | 'resolved_upstream' | readonly ('hide_upstream' | 'open_upstream' | 'pending_bugwatch' | 'resolved_upstream')[];
  readonly structural_subscriber?: string;
  readonly tags?: string | readonly string[];
  readonly tags_combinator?: 'Any' | 'All';
}

export interface DistributionSearchQuestionsParameters {
  readonly language?: string | readonly string[];
  readonly needs_attention_from?: string;
  readonly owner?: string;
  readonly search_text?: string;
  readonly sort?: 'by relevancy' | 'by status' | 'newest first' | 'oldest first' | 'recently updated first';
  readonly status?: 'Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid' | readonly ('Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid')[];
}

export interface GitRepositoriesGetRepositoriesParameters {
  readonly modified_since_date?: string | Date;
  readonly order_by?: 'by most interesting' | 'by repository name' | 'most recently changed first' | 'most neglected first' | 'newest first' | 'oldest first';
  readonly target?: string;
}

export interface PeopleFindPersonParameters {
  readonly created_after?: string | Date;
  readonly created_before?: string | Date;
  readonly text: string;
}

export interface PersonGetMergeProposalsParameters {
  readonly created_before?: string | Date;
  readonly created_since?: string | Date;
  readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[];
}

export interface PersonSearchQuestionsParameters {
  readonly created_before?: string | Date;
  readonly created_since?: string | Date;
  readonly language?: string | readonly string[];
  readonly needs_attention?: boolean;
  readonly participation?: 'Owner' | 'Subscriber' | 'Assignee' | 'Commenter' | 'Answerer' | readonly ('Owner' | 'Subscriber' | 'Assignee' | 'Commenter' | 'Answerer')[];
  readonly search_text?: string;
  readonly sort?: 'by relevancy' | 'by status' | 'newest first' | 'oldest first' | 'recently updated first';
  readonly status?: 'Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid' | readonly ('Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid')[];
}

export interface QuestionsSearchQuestionsParameters {
  readonly created_before?: string | Date;
  readonly created_since?: string | Date;
  readonly language?: string | readonly string[];
  readonly search_text?: string;
  readonly sort?: 'by relevancy' | 'by status' | 'newest first' | 'oldest first' | 'recently updated first';
  readonly status?: 'Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid' | readonly ('Open' | 'Needs information' | 'Answered' | 'Solved' | 'Expired' | 'Invalid')[];
}

/** Named operations that read, by resource type and name. */
export interface Operations {
  'archive.getPublishedSources': { returns: 'page'; result: 'source_package_publishing_history'; parameters: ArchiveGetPublishedSourcesParameters };
  'archives.getByReference': { returns: 'entry'; result: 'archive'; parameters: { readonly reference: string; } };
  'branch.getMergeProposals': { returns: 'page'; result: 'branch_merge_proposal'; parameters: { readonly merged_revnos?: number | readonly number[]; readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[]; } };
  'branch_merge_proposal.getComment': { returns: 'entry'; result: 'code_review_comment'; parameters: { readonly id: number; } };
  'branch_merge_proposal.getInlineComments': { returns: 'value'; result: readonly InlineComment[]; parameters: { readonly previewdiff_id: number; } };
  'branch_merge_proposal.getRelatedBugTasks': { returns: 'page'; result: 'bug_task'; parameters: Record<never, never> };
  'branches.getByPath': { returns: 'entry'; result: 'branch'; parameters: { readonly path: string; } };
  'branches.getByUniqueName': { returns: 'entry'; result: 'branch'; parameters: { readonly unique_name: string; } };
  'bug_target.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'bugs.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'distribution.getArchive': { returns: 'entry'; result: 'archive'; parameters: { readonly name: string; } };
  'distribution.getSeries': { returns: 'entry'; result: 'distro_series'; parameters: { readonly name_or_version: string; } };
  'distribution.getSpecification': { returns: 'entry'; result: 'specification'; parameters: { readonly name: string; } };
  'distribution.searchQuestions': { returns: 'page'; result: 'question'; parameters: DistributionSearchQuestionsParameters };
  'distribution.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'distribution_source_package.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'distro_series.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'git_repositories.getByPath': { returns: 'entry'; result: 'git_repository'; parameters: { readonly path: string; } };
  'git_repositories.getDefaultRepository': { returns: 'entry'; result: 'git_repository'; parameters: { readonly target: string; } };
  'git_repositories.getRepositories': { returns: 'page'; result: 'git_repository'; parameters: GitRepositoriesGetRepositoriesParameters };
  'git_repository.getMergeProposals': { returns: 'page'; result: 'branch_merge_proposal'; parameters: { readonly merged_revision_ids?: string | readonly string[]; readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[]; } };
  'milestone.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'people.find': { returns: 'page'; result: 'person'; parameters: { readonly text: string; } };
  'people.findPerson': { returns: 'page'; result: 'person'; parameters: PeopleFindPersonParameters };
  'people.findTeam': { returns: 'page'; result: 'person'; parameters: { readonly text: string; } };
  'people.getByEmail': { returns: 'entry'; result: 'person'; parameters: { readonly email: string; } };
  'person.getBranches': { returns: 'page'; result: 'branch'; parameters: { readonly modified_since?: string | Date; readonly status?: 'Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned' | readonly ('Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned')[]; } };
  'person.getMembersByStatus': { returns: 'page'; result: 'person'; parameters: { readonly status: 'Proposed' | 'Approved' | 'Administrator' | 'Deactivated' | 'Expired' | 'Declined' | 'Invited' | 'Invitation declined'; } };
  'person.getMergeProposals': { returns: 'page'; result: 'branch_merge_proposal'; parameters: PersonGetMergeProposalsParameters };
  'person.getOwnedProjects': { returns: 'page'; result: 'project'; parameters: Record<never, never> };
  'person.getOwnedTeams': { returns: 'page'; result: 'team'; parameters: Record<never, never> };
  'person.getPPAByName': { returns: 'entry'; result: 'archive'; parameters: { readonly distribution?: string; readonly name: string; } };
  'person.getRequestedReviews': { returns: 'page'; result: 'branch_merge_proposal'; parameters: { readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[]; } };
  'person.searchQuestions': { returns: 'page'; result: 'question'; parameters: PersonSearchQuestionsParameters };
  'person.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'project.getBranches': { returns: 'page'; result: 'branch'; parameters: { readonly modified_since?: string | Date; readonly status?: 'Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned' | readonly ('Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned')[]; } };
  'project.getMergeProposals': { returns: 'page'; result: 'branch_merge_proposal'; parameters: { readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[]; } };
  'project.getSeries': { returns: 'entry'; result: 'project_series'; parameters: { readonly name: string; } };
  'project.getSpecification': { returns: 'entry'; result: 'specification'; parameters: { readonly name: string; } };
  'project.searchQuestions': { returns: 'page'; result: 'question'; parameters: DistributionSearchQuestionsParameters };
  'project.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'project_group.getBranches': { returns: 'page'; result: 'branch'; parameters: { readonly modified_since?: string | Date; readonly status?: 'Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned' | readonly ('Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned')[]; } };
  'project_group.getMergeProposals': { returns: 'page'; result: 'branch_merge_proposal'; parameters: { readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[]; } };
  'project_group.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'project_groups.search': { returns: 'page'; result: 'project_group'; parameters: { readonly text?: string; } };
  'project_series.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'projects.latest': { returns: 'page'; result: 'project'; parameters: Record<never, never> };
  'projects.search': { returns: 'page'; result: 'project'; parameters: { readonly text?: string; } };
  'question_target.searchQuestions': { returns: 'page'; result: 'question'; parameters: DistributionSearchQuestionsParameters };
  'questions.getByID': { returns: 'entry'; result: 'question'; parameters: { readonly question_id: number; } };
  'questions.searchQuestions': { returns: 'page'; result: 'question'; parameters: QuestionsSearchQuestionsParameters };
  'source_package.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
  'specification_target.getSpecification': { returns: 'entry'; result: 'specification'; parameters: { readonly name: string; } };
  'team.getBranches': { returns: 'page'; result: 'branch'; parameters: { readonly modified_since?: string | Date; readonly status?: 'Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned' | readonly ('Experimental' | 'Development' | 'Mature' | 'Merged' | 'Abandoned')[]; } };
  'team.getMembersByStatus': { returns: 'page'; result: 'person'; parameters: { readonly status: 'Proposed' | 'Approved' | 'Administrator' | 'Deactivated' | 'Expired' | 'Declined' | 'Invited' | 'Invitation declined'; } };
  'team.getMergeProposals': { returns: 'page'; result: 'branch_merge_proposal'; parameters: PersonGetMergeProposalsParameters };
  'team.getOwnedProjects': { returns: 'page'; result: 'project'; parameters: Record<never, never> };
  'team.getOwnedTeams': { returns: 'page'; result: 'team'; parameters: Record<never, never> };
  'team.getPPAByName': { returns: 'entry'; result: 'archive'; parameters: { readonly distribution?: string; readonly name: string; } };
  'team.getRequestedReviews': { returns: 'page'; result: 'branch_merge_proposal'; parameters: { readonly status?: 'Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded' | readonly ('Work in progress' | 'Needs review' | 'Approved' | 'Rejected' | 'Merged' | 'Code failed to merge' | 'Queued' | 'Superseded')[]; } };
  'team.searchQuestions': { returns: 'page'; result: 'question'; parameters: PersonSearchQuestionsParameters };
  'team.searchTasks': { returns: 'page'; result: 'bug_task'; parameters: BugTargetSearchTasksParameters };
}
