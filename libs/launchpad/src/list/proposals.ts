import { readable, type Resource } from '@tributary/clients/launchpad';
import type { Json, Unit } from '@tributary/etl';
import type { MergeProposalFields } from '@tributary/transformers/launchpad';
import { isFrom } from '../times.js';
import { fields, lastPart, linkIn, nameIn, textOf } from '../source/fields.js';
import { behalfOf, behalfPayload, listedNow, text, type Behalf } from '../source/payload.js';
import type { Reader, Reading } from '../source/reading.js';
import { readKeyset } from './keyset-listing.js';
import { recalledVisits } from './recalled.js';
import { readStable } from './stable-listing.js';

type Proposal = Resource<'branch_merge_proposal'>;

/** Without statuses Launchpad lists some of them only. */
const STATUSES = ['Work in progress', 'Needs review', 'Approved', 'Rejected', 'Merged', 'Code failed to merge', 'Queued', 'Superseded'] as const;
const CLOSED: readonly string[] = ['Rejected', 'Merged', 'Superseded'];

const BODIES = ['description', 'commit_message'] as const;
const PROPOSAL_FIELDS = [
  'self_link',
  'date_created',
  'registrant_link',
  'queue_status',
  'private',
  'date_review_requested',
  'date_reviewed',
  'reviewer_link',
  'reviewed_revid',
  'date_merged',
  'merge_reporter_link',
  'merged_revision_id',
  'merged_revno',
  'superseded_by_link',
  'supersedes_link',
  'source_git_repository_link',
  'source_git_path',
  'source_branch_link',
  'target_git_repository_link',
  'target_git_path',
  'target_branch_link',
  'prerequisite_git_repository_link',
  'prerequisite_git_path',
  'prerequisite_branch_link',
] as const;

/** On whose behalf a listed proposal is visited; undefined: on nobody's. */
type Claim = (proposal: Proposal) => { readonly behalf: Behalf; readonly subjects: readonly string[] } | undefined;

const claimAll = ({ unit }: Reading): Claim => {
  const claim = { behalf: behalfOf(unit.payload), subjects: unit.subjects };
  return () => claim;
};

/** Proposals to merge what is in a person's repositories. */
export const readProposalsFrom: Reader = (reading, cursor) => readFrom(reading, cursor, claimAll(reading));

/** Proposals to merge what is in a team's repositories, as far as a subject of the run proposed them. */
export const readTeamProposals: Reader = (reading, cursor) => {
  const behalf = behalfOf(reading.unit.payload);
  return readFrom(reading, cursor, (proposal) => {
    const name = nameIn(textOf(proposal.registrant_link)) ?? '';
    const subject = 'all' in behalf ? undefined : behalf.of.get(name);
    return subject === undefined ? undefined : { behalf: { of: new Map([[name, subject]]) }, subjects: [subject] };
  });
};

/** All that were proposed before the window's end: an old proposal may have events in it, and no date says whether. */
async function readFrom(reading: Reading, cursor: Json | undefined, claim: Claim) {
  const { launchpad, unit, context } = reading;
  const page = await readKeyset(reading, cursor, {
    direction: 'descending',
    pages: (bound = context.window.end, options) =>
      launchpad.operation('person.getMergeProposals', linkIn(unit.payload, 'link'), { status: STATUSES, created_before: bound }, options),
  });
  return { records: [], discovered: await proposalUnits(reading, page.entries, claim), cursor: page.cursor };
}

/** Proposals that a person was asked to review, or voted on. */
export const readReviews: Reader = (reading, cursor) =>
  readStable(reading, cursor, {
    pages: (options) => reading.launchpad.operation('person.getRequestedReviews', linkIn(reading.unit.payload, 'link'), { status: STATUSES }, options),
    keep: (proposal) => before(reading, proposal),
    discover: (proposals) => proposalUnits(reading, proposals, claimAll(reading)),
  });

/** Proposals to merge into a project, or into the projects of a group. */
export const readProposalsIn: Reader = (reading, cursor) => {
  const { launchpad, unit } = reading;
  const operation = text(unit.payload, 'type') === 'project_group' ? 'project_group.getMergeProposals' : 'project.getMergeProposals';
  return readStable(reading, cursor, {
    pages: (options) => launchpad.operation(operation, linkIn(unit.payload, 'link'), { status: STATUSES }, options),
    keep: (proposal) => before(reading, proposal),
    discover: (proposals) => proposalUnits(reading, proposals, claimAll(reading)),
  });
};

function before({ context: { window } }: Reading, proposal: Proposal): boolean {
  return !isFrom(textOf(proposal.date_created), window.end);
}

async function proposalUnits(reading: Reading, proposals: readonly Proposal[], claim: Claim): Promise<readonly Unit[]> {
  const { query } = reading;
  const rows = proposals.flatMap((proposal) => {
    const claimed = claim(proposal);
    if (claimed === undefined) return [];
    const open = !CLOSED.includes(textOf(proposal.queue_status) ?? '');
    return [{ key: `mp:${lastPart(proposal.self_link)}`, etag: proposal.http_etag, open, proposal, claimed }];
  });
  const visits = await recalledVisits(reading, rows);
  return visits.map(({ row: { key, etag, proposal, claimed }, visit, memory }) => ({
    key,
    stage: 'visit',
    kind: 'proposal',
    payload: {
      ...behalfPayload(claimed.behalf),
      etag,
      ...listedNow(),
      row: { ...fields<MergeProposalFields>(proposal, query.bodies ? [...PROPOSAL_FIELDS, ...BODIES] : PROPOSAL_FIELDS) },
      comments: textOf(proposal.all_comments_collection_link) ?? null,
      votes: textOf(proposal.votes_collection_link) ?? null,
      diffs: readable(proposal.preview_diff_link) === null ? null : (textOf(proposal.preview_diffs_collection_link) ?? null),
      visit: { ...visit },
      memory: memory === undefined ? null : { ...memory },
    },
    subjects: claimed.subjects,
  }));
}
