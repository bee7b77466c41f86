import type { LaunchpadRecord } from '@tributary/transformers/launchpad';

/** Names a record by Launchpad's own ids and times, without any of its content. */
export function referenceOf(record: LaunchpadRecord): string {
  switch (record.kind) {
    case 'bug':
      return `bug ${String(record.bug.id)}`;
    case 'bug_activity':
      return `activity of bug ${String(record.bug)} at ${record.activity.datechanged}`;
    case 'bug_message':
      return `message ${tail(record.message.self_link)} of bug ${String(record.bug)}`;
    case 'bug_task':
      return `task of bug ${String(record.bug)} on ${record.task.bug_target_name ?? 'something without a name'}`;
    case 'merge_proposal':
      return `proposal ${tail(record.proposal.self_link)}`;
    case 'review_comment':
      return `comment ${tail(record.comment.self_link)} on proposal ${String(record.proposal)}`;
    case 'review_vote':
      return `vote ${tail(record.vote.self_link)} on proposal ${String(record.proposal)}`;
    case 'preview_diff':
      return `diff ${tail(record.diff.self_link)} of proposal ${String(record.proposal)}`;
    case 'inline_comment':
      return `inline comment at ${record.comment.date} on diff ${String(record.diff)} of proposal ${String(record.proposal)}`;
    case 'question':
      return `question ${tail(record.question.self_link)}`;
    case 'question_message':
      return `message ${tail(record.message.self_link)} of question ${String(record.question)}`;
    case 'blueprint':
      return `blueprint ${record.blueprint.self_link.replace(/^.*?\/\/[^/]+\//, '')}`;
    case 'package_upload':
      return `publication ${tail(record.upload.self_link)}`;
    case 'team_membership':
      return `membership in team ${tail(record.membership.team_link)} of ${record.membership.date_joined ?? 'no date'}`;
  }
}

/** What was withheld is undefined at run time, whatever the type says. */
function tail(link: string | undefined): string {
  return link === undefined ? '?' : link.slice(link.lastIndexOf('/') + 1);
}
