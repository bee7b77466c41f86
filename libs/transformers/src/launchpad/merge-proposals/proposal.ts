import type { EventDraft } from '@tributary/workflow-contracts/etl';
import type { EventType } from '../catalogue/index.js';
import { checked, type Checked } from '../draft.js';
import type { MergeProposalFields, MergeProposalRecord } from '../records/index.js';
import { body } from '../text/bodies.js';
import { compactTime, microseconds } from '../text/time.js';

/** Everything that the proposal itself tells, and that it took the place of another. */
export function mergeProposalEvents(record: MergeProposalRecord): readonly EventDraft[] {
  const { proposal } = record;
  const number = checked('a merge proposal').number('self_link', proposal.self_link, '+merge');
  const check = checked(`mp-${number}`);
  return [
    proposed(record, number, check),
    ...reviewRequested(record, number, check),
    ...reviewed(proposal, number, check),
    ...merged(proposal, number, check),
    ...superseded(record, number, check),
  ];
}

function proposed({ proposal, bodies }: MergeProposalRecord, number: number, check: Checked): EventDraft {
  const source = check.path('source link', proposal.source_git_repository_link ?? proposal.source_branch_link);
  const target = check.path('target link', proposal.target_git_repository_link ?? proposal.target_branch_link);
  const prerequisite = check.path('prerequisite link', proposal.prerequisite_git_repository_link ?? proposal.prerequisite_branch_link);
  const { supersedes_link } = proposal;
  return check.event({
    type: 'mp.proposed',
    id: `mp-${number}-created`,
    parentId: `mp-${number}`,
    time: check.time('date_created', proposal.date_created),
    actor: check.person('registrant_link', proposal.registrant_link),
    properties: {
      proposal_id: number,
      status: proposal.queue_status,
      private: proposal.private,
      source_repository: source && source.path,
      source_ref: proposal.source_git_path,
      target_repository: target && target.path,
      target_ref: proposal.target_git_path,
      prerequisite_repository: prerequisite && prerequisite.path,
      prerequisite_ref: proposal.prerequisite_git_path,
      supersedes: supersedes_link == null ? supersedes_link : `mp-${check.number('supersedes_link', supersedes_link, '+merge')}`,
      ...body('description', proposal.description, bodies),
      ...body('commit_message', proposal.commit_message, bodies),
    },
    people: { source_owner: source?.owner ?? null, target_owner: target?.owner ?? null },
  });
}

function reviewRequested({ proposal, firstVoteAt }: MergeProposalRecord, number: number, check: Checked): readonly EventDraft[] {
  if (proposal.date_review_requested == null) return [];
  const time = check.time('date_review_requested', proposal.date_review_requested);
  const atCreation = same(time, proposal.date_created);
  const voted = firstVoteAt !== null && (microseconds(check.time('firstVoteAt', firstVoteAt)) ?? 0n) < (microseconds(time) ?? 0n);
  const again = atCreation ? proposal.supersedes_link != null : voted;
  return [
    check.event({
      type: again ? 'mp.review_rerequested' : 'mp.review_requested',
      id: `mp-${number}-review-requested-${compactTime(time)}`,
      parentId: `mp-${number}`,
      time,
      actor: atCreation ? check.person('registrant_link', proposal.registrant_link) : null,
      properties: { proposal_id: number, scope: 'proposal' },
      ...(!again && { people: { reviewer: null } }),
    }),
  ];
}

const DECISIONS: ReadonlyMap<string, EventType> = new Map([
  ['Approved', 'mp.approved'],
  ['Queued', 'mp.approved'],
  ['Code failed to merge', 'mp.approved'],
  ['Merged', 'mp.approved'],
  ['Rejected', 'mp.rejected'],
]);

function reviewed(proposal: MergeProposalFields, number: number, check: Checked): readonly EventDraft[] {
  const { queue_status: status, date_reviewed } = proposal;
  if (date_reviewed == null) return [];
  const time = check.time('date_reviewed', date_reviewed);
  return [
    check.event({
      type: DECISIONS.get(status ?? '') ?? 'mp.reviewed',
      id: `mp-${number}-reviewed-${compactTime(time)}`,
      parentId: `mp-${number}`,
      time,
      actor: check.person('reviewer_link', proposal.reviewer_link),
      properties: { proposal_id: number, reviewed_revision: proposal.reviewed_revid },
    }),
  ];
}

function merged(proposal: MergeProposalFields, number: number, check: Checked): readonly EventDraft[] {
  const { date_merged } = proposal;
  if (date_merged == null) return [];
  return [
    check.event({
      type: 'mp.merged',
      id: `mp-${number}-merged`,
      parentId: `mp-${number}`,
      time: check.time('date_merged', date_merged),
      actor: check.person('merge_reporter_link', proposal.merge_reporter_link),
      properties: { proposal_id: number, revision: proposal.merged_revision_id, revision_number: proposal.merged_revno },
    }),
  ];
}

/** Both ends of a supersession give the same event, of which Launchpad keeps time and author in the later proposal. */
function superseded({ proposal, successor }: MergeProposalRecord, number: number, check: Checked): readonly EventDraft[] {
  const events: EventDraft[] = [];
  if (proposal.supersedes_link != null) {
    events.push(supersession(check, check.number('supersedes_link', proposal.supersedes_link, '+merge'), proposal));
  }
  if (successor !== undefined) {
    if (proposal.superseded_by_link == null) check.refuse('superseded_by_link', proposal.superseded_by_link, 'a link, with a successor,');
    const later = check.number('superseded_by_link', proposal.superseded_by_link ?? '', '+merge');
    check.number('successor', successor.self_link, '+merge', later);
    events.push(supersession(check, number, successor));
  }
  return events;
}

function supersession(check: Checked, number: number, later: NonNullable<MergeProposalRecord['successor']>): EventDraft {
  return check.event({
    type: 'mp.superseded',
    id: `mp-${number}-superseded`,
    parentId: `mp-${number}`,
    time: check.time('date_created', later.date_created),
    actor: check.person('registrant_link', later.registrant_link),
    properties: { proposal_id: number, superseded_by: `mp-${check.number('self_link', later.self_link, '+merge')}` },
  });
}

function same(a: string, b: string): boolean {
  return microseconds(a) === microseconds(b);
}
