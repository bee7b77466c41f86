import type { Bug } from './entities-bugs.js';
import type { Person, Project } from './entities.js';
import type { Micros } from './time.js';

export interface GitRepository {
  readonly type: 'git_repository';
  readonly id: number;
  owner: Person;
  readonly project: Project;
  name: string;
  readonly private: boolean;
  readonly dateCreated: Micros;
  dateLastModified: Micros;
}

/** A branch of Bazaar. */
export interface Branch {
  readonly type: 'branch';
  readonly id: number;
  owner: Person;
  readonly project: Project;
  name: string;
  readonly private: boolean;
  readonly dateCreated: Micros;
  dateLastModified: Micros;
}

export type CodeRef =
  | { readonly kind: 'git'; readonly repository: GitRepository; readonly path: string }
  | { readonly kind: 'bzr'; readonly branch: Branch };

export const QUEUE_STATUSES = [
  'Work in progress',
  'Needs review',
  'Approved',
  'Rejected',
  'Merged',
  'Code failed to merge',
  'Queued',
  'Superseded',
] as const;
export type QueueStatus = (typeof QUEUE_STATUSES)[number];

export const VOTES = [
  'Approve',
  'Needs Fixing',
  'Needs Information',
  'Abstain',
  'Disapprove',
  'Needs Resubmitting',
] as const;
export type VoteValue = (typeof VOTES)[number];

export interface Proposal {
  readonly type: 'branch_merge_proposal';
  readonly id: number;
  registrant: Person;
  readonly source: CodeRef;
  readonly target: CodeRef;
  readonly prerequisite: CodeRef | null;
  description: string | null;
  commitMessage: string | null;
  queueStatus: QueueStatus;
  readonly dateCreated: Micros;
  dateReviewRequested: Micros | null;
  dateReviewed: Micros | null;
  dateMerged: Micros | null;
  reviewer: Person | null;
  reviewedRevision: string | null;
  mergeReporter: Person | null;
  mergedRevisionId: string | null;
  mergedRevno: number | null;
  supersedes: Proposal | null;
  supersededBy: Proposal | null;
  readonly comments: CodeReviewComment[];
  readonly votes: Vote[];
  readonly diffs: PreviewDiff[];
  readonly inlineComments: InlineComment[];
  readonly bugs: Bug[];
}

export interface CodeReviewComment {
  readonly type: 'code_review_comment';
  readonly id: number;
  readonly proposal: Proposal;
  author: Person;
  readonly title: string;
  content: string;
  readonly vote: VoteValue | null;
  readonly voteTag: string | null;
  readonly dateCreated: Micros;
  dateLastEdited: Micros | null;
  dateDeleted: Micros | null;
}

/** A request for a review; done when it has a comment. */
export interface Vote {
  readonly type: 'code_review_vote_reference';
  readonly id: number;
  readonly proposal: Proposal;
  registrant: Person;
  reviewer: Person;
  readonly reviewType: string | null;
  readonly dateCreated: Micros;
  comment: CodeReviewComment | null;
}

export interface PreviewDiff {
  readonly type: 'preview_diff';
  readonly id: number;
  readonly proposal: Proposal;
  readonly dateCreated: Micros;
  readonly added: number;
  readonly removed: number;
  readonly conflicts: string | null;
  readonly sourceRevision: string;
  readonly targetRevision: string;
}

export interface InlineComment {
  readonly diff: PreviewDiff;
  /** With which it was published, and whose author and date it has. */
  readonly comment: CodeReviewComment;
  readonly line: number;
  readonly text: string;
}
