import { bodyOf, flag, id, integer, MESSAGE, text, type EventDefinition, type Properties } from './definition.js';

const PROPOSAL: Properties = { proposal_id: id('Id of the proposal') };
const parent = 'mp-{proposal}';

const REQUEST: Properties = {
  ...PROPOSAL,
  scope: { enum: ['proposal', 'reviewer'], description: 'Whether review was asked of anybody, or of the reviewer' },
};
const requested = (when: string): EventDefinition => ({
  when,
  actor: '`registrant_link` of the proposal when it was made with the request, otherwise null: Launchpad does not say',
  time: '`date_review_requested` of the proposal',
  id: 'mp-{proposal}-review-requested-{time}',
  parent,
  properties: REQUEST,
  required: ['proposal_id', 'scope'],
  people: {},
});
const decided = (when: string): EventDefinition => ({
  when,
  actor: '`reviewer_link` of the proposal',
  time: '`date_reviewed` of the proposal',
  id: 'mp-{proposal}-reviewed-{time}',
  parent,
  properties: { ...PROPOSAL, reviewed_revision: text('Revision that was looked at') },
  required: ['proposal_id'],
  people: {},
});
const side = (name: string, what: string): Properties => ({
  [`${name}_repository`]: text(`Repository or branch of the ${what}, as a path without its owner`),
  [`${name}_ref`]: text(`Git reference of the ${what}; null for Bazaar`),
});

export const MERGE_PROPOSAL_EVENTS = {
  'mp.proposed': {
    when: 'A merge was proposed',
    actor: '`registrant_link` of the proposal',
    time: '`date_created` of the proposal',
    id: 'mp-{proposal}-created',
    parent,
    properties: {
      ...PROPOSAL,
      status: text('Status as it is now'),
      private: flag('Whether it is confidential'),
      ...side('source', 'source'),
      ...side('target', 'target'),
      ...side('prerequisite', 'prerequisite'),
      supersedes: text('Proposal that it takes the place of: `mp-505857`'),
      ...bodyOf('description', 'the description'),
      ...bodyOf('commit_message', 'the commit message'),
    },
    required: ['proposal_id'],
    people: {
      source_owner: 'Who owns the repository or branch of the source',
      target_owner: 'Who owns the repository or branch of the target',
    },
  },
  'mp.review_requested': {
    ...requested('Review was asked for: of a person or team, or when the proposal became ready for it'),
    actor: '`registrant_link` of the vote for a reviewer; otherwise that of the proposal when it was made with the request, or null: Launchpad does not say',
    time: '`date_created` of the vote, or `date_review_requested` of the proposal',
    id: 'mp-{proposal}-review-{vote}, or mp-{proposal}-review-requested-{time}',
    properties: { ...REQUEST, review_type: text('Kind of review that was asked for') },
    people: { reviewer: 'Who was asked' },
  },
  'mp.review_rerequested': requested('Review was asked for again: after a vote, or of a proposal that takes the place of another'),
  'mp.voted': {
    when: 'Somebody voted on a proposal',
    actor: '`author_link` of the comment',
    time: '`date_created` of the comment',
    id: 'mp-{proposal}-comment-{comment}',
    parent,
    properties: {
      ...PROPOSAL,
      comment_id: id('Id of the comment'),
      vote: { type: 'string', description: 'The vote in Launchpad’s words' },
      decision: {
        enum: ['approved', 'changes_requested', 'information_requested', 'rejected', 'neutral', null],
        description:
          'Approve is `approved`; Needs Fixing and Needs Resubmitting are `changes_requested`; Needs Information is `information_requested`; Disapprove is `rejected`; Abstain is `neutral`; null for a vote that this version does not know',
      },
      vote_tag: text('Kind of review that the vote is for'),
      title: text('Title of the comment'),
      ...MESSAGE,
    },
    required: ['proposal_id', 'comment_id', 'vote', 'decision', 'deleted'],
    people: {},
  },
  'mp.commented': {
    when: 'Somebody commented on a proposal, without a vote',
    actor: '`author_link` of the comment',
    time: '`date_created` of the comment',
    id: 'mp-{proposal}-comment-{comment}',
    parent,
    properties: { ...PROPOSAL, comment_id: id('Id of the comment'), title: text('Title of the comment'), ...MESSAGE },
    required: ['proposal_id', 'comment_id', 'deleted'],
    people: {},
  },
  'mp.inline_commented': {
    when: 'Somebody commented on a line of a diff',
    actor: '`person` of the inline comment',
    time: '`date` of the inline comment',
    id: 'mp-{proposal}-diff-{diff}-line-{line}-{time}',
    parent,
    properties: { ...PROPOSAL, diff_id: id('Id of the diff'), line: id('Line of the diff'), ...bodyOf('content', 'the text') },
    required: ['proposal_id', 'diff_id', 'line'],
    people: {},
  },
  'mp.approved': decided('A proposal was approved; also told by its later statuses Queued, Code failed to merge and Merged'),
  'mp.rejected': decided('A proposal was rejected'),
  'mp.reviewed': decided('A proposal was approved or rejected, and has gone back or was superseded since, so that Launchpad no longer says which'),
  'mp.merged': {
    when: 'A proposal was merged',
    actor: '`merge_reporter_link` of the proposal, often a bot',
    time: '`date_merged` of the proposal',
    id: 'mp-{proposal}-merged',
    parent,
    properties: { ...PROPOSAL, revision: text('Merged revision'), revision_number: integer('Merged revision number, of Bazaar') },
    required: ['proposal_id'],
    people: {},
  },
  'mp.superseded': {
    when: 'Another proposal took the place of this one',
    actor: '`registrant_link` of the other proposal',
    time: '`date_created` of the other proposal',
    id: 'mp-{proposal}-superseded',
    parent,
    properties: { ...PROPOSAL, superseded_by: { type: 'string', description: 'The other proposal: `mp-505858`' } },
    required: ['proposal_id', 'superseded_by'],
    people: {},
  },
  'mp.diff_updated': {
    when: 'Launchpad made a diff of a proposal: the first, and another after each push',
    actor: 'null: Launchpad does not say who pushed',
    time: '`date_created` of the diff',
    id: 'mp-{proposal}-diff-{diff}',
    parent,
    properties: {
      ...PROPOSAL,
      diff_id: id('Id of the diff'),
      lines: integer('Lines of the diff'),
      added_lines: integer('Lines added'),
      removed_lines: integer('Lines removed'),
      has_conflicts: flag('Whether it conflicts with the target'),
      source_revision: text('Revision of the source'),
      target_revision: text('Revision of the target'),
    },
    required: ['proposal_id', 'diff_id'],
    people: {},
  },
} as const satisfies Readonly<Record<string, EventDefinition>>;
