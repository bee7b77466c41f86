/** A merge proposal: proposed, review requested, approved or rejected, merged, superseded. */
export interface MergeProposalRecord {
  readonly kind: 'merge_proposal';
  /** Whether its description and commit message shall stand in the event. */
  readonly bodies: boolean;
  readonly proposal: MergeProposalFields;
  /**
   * `date_created` of the earliest comment with a vote; null when there is none. It tells a review that is requested
   * from one that is requested again, so it is always filled, from the proposal's comments.
   */
  readonly firstVoteAt: string | null;
  /**
   * The proposal that `superseded_by_link` leads to: Launchpad keeps the time of supersession there and nowhere else.
   * Absent when it was not read or can't be; its own record then gives the event.
   */
  readonly successor?: Pick<MergeProposalFields, 'self_link' | 'date_created' | 'registrant_link'>;
}

/** Of a `branch_merge_proposal`; Git fields are null for Bazaar and the reverse. */
export interface MergeProposalFields {
  /** Its last part is the id: `…/+merge/505857`. */
  readonly self_link: string;
  readonly date_created: string;
  readonly registrant_link?: string | null;
  readonly queue_status?: string | null;
  readonly description?: string | null;
  readonly commit_message?: string | null;
  readonly private?: boolean | null;
  readonly date_review_requested?: string | null;
  readonly date_reviewed?: string | null;
  readonly reviewer_link?: string | null;
  readonly reviewed_revid?: string | null;
  readonly date_merged?: string | null;
  readonly merge_reporter_link?: string | null;
  readonly merged_revision_id?: string | null;
  readonly merged_revno?: number | null;
  readonly superseded_by_link?: string | null;
  readonly supersedes_link?: string | null;
  readonly source_git_repository_link?: string | null;
  readonly source_git_path?: string | null;
  readonly source_branch_link?: string | null;
  readonly target_git_repository_link?: string | null;
  readonly target_git_path?: string | null;
  readonly target_branch_link?: string | null;
  readonly prerequisite_git_repository_link?: string | null;
  readonly prerequisite_git_path?: string | null;
  readonly prerequisite_branch_link?: string | null;
}

/** A vote that was asked for or cast: who was asked to review. */
export interface ReviewVoteRecord {
  readonly kind: 'review_vote';
  /** Id of the proposal whose `votes` it was read from. */
  readonly proposal: number;
  readonly vote: ReviewVoteFields;
}

/** Of a `code_review_vote_reference`. */
export interface ReviewVoteFields {
  /** Its last part is the id: `…/+review/17`. */
  readonly self_link: string;
  readonly date_created: string;
  readonly registrant_link?: string | null;
  readonly reviewer_link?: string | null;
  readonly review_type?: string | null;
}

/** A comment on a proposal, with or without a vote. */
export interface ReviewCommentRecord {
  readonly kind: 'review_comment';
  readonly bodies: boolean;
  /** Id of the proposal whose `all_comments` it was read from. */
  readonly proposal: number;
  readonly comment: ReviewCommentFields;
}

/** Of a `code_review_comment`. */
export interface ReviewCommentFields {
  /** Its last part is the id: `…/+merge/505857/comments/12`. */
  readonly self_link: string;
  readonly date_created: string;
  readonly author_link?: string | null;
  readonly title?: string | null;
  readonly content?: string | null;
  readonly vote?: string | null;
  readonly vote_tag?: string | null;
  readonly date_deleted?: string | null;
  readonly date_last_edited?: string | null;
}

/** One entry of what `getInlineComments` returns for a diff. */
export interface InlineCommentRecord {
  readonly kind: 'inline_comment';
  readonly bodies: boolean;
  readonly proposal: number;
  /** Id of the preview diff that was asked about. */
  readonly diff: number;
  /** How many earlier entries of the answer have the same `line_number` and `date`: 0 for nearly all. */
  readonly ordinal: number;
  readonly comment: InlineCommentFields;
}

export interface InlineCommentFields {
  readonly line_number: number | string;
  readonly date: string;
  /** Launchpad embeds the person; a link will do. */
  readonly person?: string | { readonly self_link?: string } | null;
  readonly text?: string | null;
}

/** A diff that Launchpad made of a proposal. */
export interface PreviewDiffRecord {
  readonly kind: 'preview_diff';
  /** Id of the proposal whose `preview_diffs` it was read from. */
  readonly proposal: number;
  readonly diff: PreviewDiffFields;
}

/** Of a `preview_diff`. */
export interface PreviewDiffFields {
  /** Its last part is the id: `…/+preview-diff/9`. */
  readonly self_link: string;
  readonly date_created: string;
  readonly added_lines_count?: number | null;
  readonly removed_lines_count?: number | null;
  readonly diff_lines_count?: number | null;
  readonly conflicts?: string | null;
  readonly source_revision_id?: string | null;
  readonly target_revision_id?: string | null;
}
