import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { blueprintEvents } from './blueprint.js';
import { bugActivityEvents } from './bugs/activity.js';
import { bugEvents, bugMessageEvents } from './bugs/bug.js';
import { bugTaskEvents } from './bugs/task.js';
import { mergeProposalEvents } from './merge-proposals/proposal.js';
import { inlineCommentEvents, previewDiffEvents, reviewCommentEvents, reviewVoteEvents } from './merge-proposals/review.js';
import { packageUploadEvents } from './package-upload.js';
import { questionEvents, questionMessageEvents } from './questions.js';
import type { LaunchpadRecord } from './records/index.js';
import { teamMembershipEvents } from './team-membership.js';

/**
 * The events of one record, with the same ids whenever it is read: none when it tells nothing that another record does
 * not tell. Times stand as Launchpad wrote them. Launchpad's names of people stand in `actor` and `people` only.
 * @throws CodedError LAUNCHPAD_RECORD_INVALID, with recovery `skip`, when the record contradicts itself or lacks what ids
 * and times are made of
 */
export function toEvents(record: LaunchpadRecord): readonly EventDraft[] {
  switch (record.kind) {
    case 'bug':
      return bugEvents(record);
    case 'bug_message':
      return bugMessageEvents(record);
    case 'bug_activity':
      return bugActivityEvents(record);
    case 'bug_task':
      return bugTaskEvents(record);
    case 'merge_proposal':
      return mergeProposalEvents(record);
    case 'review_vote':
      return reviewVoteEvents(record);
    case 'review_comment':
      return reviewCommentEvents(record);
    case 'inline_comment':
      return inlineCommentEvents(record);
    case 'preview_diff':
      return previewDiffEvents(record);
    case 'question':
      return questionEvents(record);
    case 'question_message':
      return questionMessageEvents(record);
    case 'blueprint':
      return blueprintEvents(record);
    case 'package_upload':
      return packageUploadEvents(record);
    case 'team_membership':
      return teamMembershipEvents(record);
  }
}
