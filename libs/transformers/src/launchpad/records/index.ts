import type { BugActivityRecord, BugMessageRecord, BugRecord, BugTaskRecord } from './bug.js';
import type {
  InlineCommentRecord,
  MergeProposalRecord,
  PreviewDiffRecord,
  ReviewCommentRecord,
  ReviewVoteRecord,
} from './merge-proposal.js';
import type { BlueprintRecord, PackageUploadRecord, TeamMembershipRecord } from './other.js';
import type { QuestionMessageRecord, QuestionRecord } from './question.js';

export type { BugActivityFields, BugActivityRecord, BugFields, BugMessageRecord, BugRecord, BugTaskFields, BugTaskRecord, MessageFields } from './bug.js';
export type {
  InlineCommentFields,
  InlineCommentRecord,
  MergeProposalFields,
  MergeProposalRecord,
  PreviewDiffFields,
  PreviewDiffRecord,
  ReviewCommentFields,
  ReviewCommentRecord,
  ReviewVoteFields,
  ReviewVoteRecord,
} from './merge-proposal.js';
export type {
  BlueprintFields,
  BlueprintRecord,
  PackageUploadFields,
  PackageUploadRecord,
  TeamMembershipFields,
  TeamMembershipRecord,
} from './other.js';
export type { QuestionFields, QuestionMessageFields, QuestionMessageRecord, QuestionRecord } from './question.js';

/**
 * One raw thing of Launchpad, by `kind`, with what is needed to make its events. Fields bear Launchpad's names and hold
 * its values as they came: null where Launchpad says null, absent where it was redacted. A resource with more fields
 * than these will do.
 */
export type LaunchpadRecord =
  | BugRecord
  | BugMessageRecord
  | BugActivityRecord
  | BugTaskRecord
  | MergeProposalRecord
  | ReviewVoteRecord
  | ReviewCommentRecord
  | InlineCommentRecord
  | PreviewDiffRecord
  | QuestionRecord
  | QuestionMessageRecord
  | BlueprintRecord
  | PackageUploadRecord
  | TeamMembershipRecord;
