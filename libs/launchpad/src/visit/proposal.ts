import type { PageCursor } from '@tributary/clients/launchpad';
import type {
  InlineCommentFields,
  MergeProposalFields,
  PreviewDiffFields,
  ReviewCommentFields,
  ReviewVoteFields,
} from '@tributary/transformers/launchpad';
import type { Memory, Visit } from '../list/recheck.js';
import { earliest, isBefore, isFrom } from '../times.js';
import { fields, lastPart, linkIn, nameIn } from '../source/fields.js';
import { behalfOf, includes, text } from '../source/payload.js';
import { firstPage, toJson, unlessPutAside, type Reader, type Reading, type Visited } from '../source/reading.js';
import { remembered, seeComments, seeOthers, startSeen, type Seen } from './remember.js';

const COMMENT_FIELDS = ['self_link', 'date_created', 'author_link', 'title', 'content', 'vote', 'vote_tag', 'date_deleted', 'date_last_edited'] as const;
const VOTE_FIELDS = ['self_link', 'date_created', 'registrant_link', 'reviewer_link', 'review_type'] as const;
const DIFF_FIELDS = [
  'self_link',
  'date_created',
  'added_lines_count',
  'removed_lines_count',
  'diff_lines_count',
  'conflicts',
  'source_revision_id',
  'target_revision_id',
] as const;
const INLINE_FIELDS = ['line_number', 'date', 'text'] as const;

interface ProposalCursor {
  /** Its comments can't be read; what the listing told is loaded. */
  readonly lost?: true;
  readonly step: 'comments' | 'votes' | 'diffs' | 'inline';
  readonly at?: PageCursor;
  readonly seen: Seen;
  /** Earliest comment with a vote. */
  readonly firstVote: string | null;
  /** Whether comments of the window may have others within the diffs: every inline comment comes with one. */
  readonly inline: boolean;
  /** Diffs whose inline comments are still to be asked for. */
  readonly diffs: readonly number[];
}

interface ProposalVisit {
  readonly reading: Reading;
  readonly id: number;
  readonly row: MergeProposalFields;
  readonly anonymous: boolean;
  readonly visit: Visit;
  readonly memory: Memory | undefined;
}

type Step = ProposalCursor['step'];

/** What a step read, the visit so far, and where the step goes on. */
interface Read {
  readonly records: readonly Visited[];
  readonly at: ProposalCursor;
  readonly more?: PageCursor | undefined;
  /** The step is read again, to end as it must. */
  readonly repeat?: true;
}

/** A proposal as its listing had it, its comments, votes and diffs, and the comments within those. */
export const readProposal: Reader = async (reading, cursor) => {
  const visit = visitOf(reading);
  const from = (cursor as ProposalCursor | undefined) ?? beginning(visit);
  const { records, at, more, repeat } = await STEPS[from.step](visit, from);
  const next = repeat === true ? at : more === undefined ? after(visit, at) : { ...at, at: more };
  if (next !== undefined) return { records, cursor: toJson(next) };
  const etag = text(reading.unit.payload, 'etag');
  const known = { etag, seen: at.seen, votesRead: wants(visit, at).votes };
  return { records, cursor: undefined, remember: remembered(reading, visit.visit, visit.memory, known) };
};

function visitOf(reading: Reading): ProposalVisit {
  const { payload } = reading.unit;
  const row = payload['row'] as unknown as MergeProposalFields;
  return {
    reading,
    id: Number(lastPart(row.self_link)),
    row,
    anonymous: includes(behalfOf(payload), nameIn(row.registrant_link ?? undefined)),
    visit: payload['visit'] as unknown as Visit,
    memory: (payload['memory'] ?? undefined) as Memory | undefined,
  };
}

function beginning({ row, reading }: ProposalVisit): ProposalCursor {
  const dates = [row.date_review_requested, row.date_reviewed, row.date_merged];
  const seen = seeOthers(startSeen(row.date_created), dates, reading.context.window.end);
  return { step: 'comments', seen, firstVote: null, inline: false, diffs: [] };
}

/** What is read besides the comments: in a check only what new comments, or a day without asking, make worth it. */
function wants({ visit, memory, reading }: ProposalVisit, at: ProposalCursor): { readonly votes: boolean; readonly diffs: boolean; readonly inline: boolean } {
  const whole = visit.mode === 'whole';
  const grown = whole || at.seen.comments !== memory?.comments;
  const inline = grown && at.inline;
  const hasDiffs = reading.unit.payload['diffs'] !== null;
  return {
    votes: grown || visit.mode === 'changed' || visit.votes,
    diffs: hasDiffs && (whole || visit.mode === 'changed' || inline),
    inline: hasDiffs && inline,
  };
}

function after(visit: ProposalVisit, { at: _done, ...rest }: ProposalCursor): ProposalCursor | undefined {
  const wanted = wants(visit, rest);
  if (rest.step === 'comments' && wanted.votes) return { ...rest, step: 'votes' };
  if ((rest.step === 'comments' || rest.step === 'votes') && wanted.diffs) return { ...rest, step: 'diffs' };
  return rest.diffs.length > 0 ? { ...rest, step: 'inline' } : undefined;
}

const STEPS: Readonly<Record<Step, (visit: ProposalVisit, at: ProposalCursor) => Promise<Read>>> = {
  comments: readComments,
  votes: readVotes,
  diffs: readDiffs,
  inline: readInline,
};

async function readComments({ reading, id, row, anonymous }: ProposalVisit, at: ProposalCursor): Promise<Read> {
  const { query, context, launchpad, unit } = reading;
  const proposal: Visited = { record: { kind: 'merge_proposal', bodies: query.bodies, proposal: row, firstVoteAt: at.firstVote }, anonymous };
  const read = () => firstPage(launchpad.collection('code_review_comment', linkIn(unit.payload, 'comments'), options(reading, at)));
  const page = at.at === undefined && at.lost === undefined ? await unlessPutAside(read) : await read();
  if (page === undefined) return { records: [proposal], at: { ...at, lost: true }, repeat: true };
  const comments = page.entries.map((entry) => fields<ReviewCommentFields>(entry, COMMENT_FIELDS));
  const { start, end } = context.window;
  const now: ProposalCursor = {
    ...at,
    seen: seeComments(at.seen, comments.map(({ date_created: date }) => date), end),
    firstVote: earliest([at.firstVote, ...comments.filter(({ vote }) => vote != null).map(({ date_created: date }) => date)]) ?? null,
    inline: at.inline || comments.some(({ date_created: date }) => isFrom(date, start) && isBefore(date, end)),
  };
  const records = comments.map(
    (comment): Visited => ({ record: { kind: 'review_comment', bodies: query.bodies, proposal: id, comment }, anonymous }),
  );
  if (page.cursor === undefined) {
    records.push({ ...proposal, record: { ...proposal.record, firstVoteAt: now.firstVote } as Visited['record'] });
  }
  return { records, at: now, more: page.cursor };
}

async function readVotes({ reading, id, anonymous }: ProposalVisit, at: ProposalCursor): Promise<Read> {
  const link = linkIn(reading.unit.payload, 'votes');
  const page = await firstPage(reading.launchpad.collection('code_review_vote_reference', link, options(reading, at)));
  const votes = page.entries.map((entry) => fields<ReviewVoteFields>(entry, VOTE_FIELDS));
  const seen = seeOthers(at.seen, votes.map(({ date_created: date }) => date), reading.context.window.end);
  return {
    records: votes.map((vote) => ({ record: { kind: 'review_vote', proposal: id, vote }, anonymous })),
    at: { ...at, seen },
    more: page.cursor,
  };
}

async function readDiffs(visit: ProposalVisit, at: ProposalCursor): Promise<Read> {
  const { reading, id, anonymous } = visit;
  const link = linkIn(reading.unit.payload, 'diffs');
  const page = await firstPage(reading.launchpad.collection('preview_diff', link, options(reading, at)));
  const diffs = page.entries.map((entry) => fields<PreviewDiffFields>(entry, DIFF_FIELDS));
  const seen = seeOthers(at.seen, diffs.map(({ date_created: date }) => date), reading.context.window.end);
  const asked = wants(visit, at).inline ? diffs.map(({ self_link: self }) => Number(lastPart(self))) : [];
  return {
    records: diffs.map((diff) => ({ record: { kind: 'preview_diff', proposal: id, diff }, anonymous })),
    at: { ...at, seen, diffs: [...at.diffs, ...asked] },
    more: page.cursor,
  };
}

async function readInline({ reading, id, row, anonymous }: ProposalVisit, at: ProposalCursor): Promise<Read> {
  const [diff = 0, ...diffs] = at.diffs;
  const { query, launchpad, context } = reading;
  const answer = await launchpad.call('branch_merge_proposal.getInlineComments', row.self_link, { previewdiff_id: diff }, { signal: context.signal });
  const places = new Map<string, number>();
  const records = (answer ?? []).map((entry): Visited => {
    const comment = { ...fields<InlineCommentFields>(entry, INLINE_FIELDS), person: entry.person };
    const place = `${comment.line_number} ${comment.date}`;
    const ordinal = places.get(place) ?? 0;
    places.set(place, ordinal + 1);
    return { record: { kind: 'inline_comment', bodies: query.bodies, proposal: id, diff, ordinal, comment }, anonymous };
  });
  return { records, at: { ...at, diffs } };
}

function options({ context: { signal } }: Reading, { at }: ProposalCursor) {
  return { signal, ...(at === undefined ? {} : { cursor: at }) };
}
