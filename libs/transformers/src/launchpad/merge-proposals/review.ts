import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { checked } from '../draft.js';
import type { InlineCommentRecord, PreviewDiffRecord, ReviewCommentRecord, ReviewVoteRecord } from '../records/index.js';
import { body, messageProperties } from '../text/bodies.js';
import { compactTime } from '../text/time.js';

const DECISIONS: ReadonlyMap<string, string> = new Map([
  ['Approve', 'approved'],
  ['Needs Fixing', 'changes_requested'],
  ['Needs Resubmitting', 'changes_requested'],
  ['Resubmit', 'changes_requested'],
  ['Needs Information', 'information_requested'],
  ['Disapprove', 'rejected'],
  ['Abstain', 'neutral'],
]);

/** `mp.review_requested` of a reviewer; nothing for a vote that somebody cast, or took on, without having been asked. */
export function reviewVoteEvents({ proposal, vote }: ReviewVoteRecord): readonly EventDraft[] {
  const check = checked(`mp-${proposal}, a vote`);
  check.number('self_link', vote.self_link, '+merge', proposal);
  const number = check.number('self_link', vote.self_link, '+review');
  const actor = check.person('registrant_link', vote.registrant_link);
  const reviewer = check.person('reviewer_link', vote.reviewer_link);
  if (actor !== null && actor === reviewer) return [];
  return [
    check.event({
      type: 'mp.review_requested',
      id: `mp-${proposal}-review-${number}`,
      parentId: `mp-${proposal}`,
      time: check.time('date_created', vote.date_created),
      actor,
      properties: { proposal_id: proposal, scope: 'reviewer', review_type: vote.review_type },
      people: { reviewer },
    }),
  ];
}

/** `mp.voted` or `mp.commented`. */
export function reviewCommentEvents({ proposal, comment, bodies }: ReviewCommentRecord): readonly EventDraft[] {
  const check = checked(`mp-${proposal}, a comment`);
  check.number('self_link', comment.self_link, '+merge', proposal);
  const number = check.number('self_link', comment.self_link, 'comments');
  const { vote } = comment;
  return [
    check.event({
      type: vote == null ? 'mp.commented' : 'mp.voted',
      id: `mp-${proposal}-comment-${number}`,
      parentId: `mp-${proposal}`,
      time: check.time('date_created', comment.date_created),
      actor: check.person('author_link', comment.author_link),
      properties: {
        proposal_id: proposal,
        comment_id: number,
        ...(vote != null && { vote, decision: DECISIONS.get(vote) ?? null, vote_tag: comment.vote_tag }),
        title: comment.title,
        ...messageProperties(comment, bodies),
      },
    }),
  ];
}

/** `mp.inline_commented`. */
export function inlineCommentEvents({ proposal, diff, ordinal, comment, bodies }: InlineCommentRecord): readonly EventDraft[] {
  const check = checked(`mp-${proposal}, an inline comment`);
  const line = Number(comment.line_number);
  if (!Number.isSafeInteger(line) || line < 0) check.refuse('line_number', comment.line_number, 'the number of a line');
  const time = check.time('date', comment.date);
  const person = typeof comment.person === 'object' ? comment.person?.self_link : comment.person;
  return [
    check.event({
      type: 'mp.inline_commented',
      id: `mp-${proposal}-diff-${diff}-line-${line}-${compactTime(time)}${ordinal > 0 ? `-${ordinal}` : ''}`,
      parentId: `mp-${proposal}`,
      time,
      actor: check.person('person', person),
      properties: { proposal_id: proposal, diff_id: diff, line, ...body('content', comment.text, bodies) },
    }),
  ];
}

/** `mp.diff_updated`. */
export function previewDiffEvents({ proposal, diff }: PreviewDiffRecord): readonly EventDraft[] {
  const check = checked(`mp-${proposal}, a diff`);
  check.number('self_link', diff.self_link, '+merge', proposal);
  const number = check.number('self_link', diff.self_link, '+preview-diff');
  return [
    check.event({
      type: 'mp.diff_updated',
      id: `mp-${proposal}-diff-${number}`,
      parentId: `mp-${proposal}`,
      time: check.time('date_created', diff.date_created),
      actor: null,
      properties: {
        proposal_id: proposal,
        diff_id: number,
        lines: diff.diff_lines_count,
        added_lines: diff.added_lines_count,
        removed_lines: diff.removed_lines_count,
        has_conflicts: diff.conflicts === undefined ? undefined : (diff.conflicts ?? '') !== '',
        source_revision: diff.source_revision_id,
        target_revision: diff.target_revision_id,
      },
    }),
  ];
}
