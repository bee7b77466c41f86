import type { Act } from './bugs.js';
import type { Core, When } from './core.js';
import type { Bug } from './entities-bugs.js';
import type {
  Branch,
  CodeRef,
  CodeReviewComment,
  GitRepository,
  InlineComment,
  PreviewDiff,
  Proposal,
  QueueStatus,
  Vote,
  VoteValue,
} from './entities-code.js';
import type { Person, Project } from './entities.js';
import { type People, repointFields, type Who } from './people.js';
import type { Pillars } from './pillars.js';
import type { Micros } from './time.js';

interface NewCode {
  readonly owner: Who;
  readonly project: string | Project;
  readonly name: string;
  readonly private?: boolean;
  readonly at?: When;
}

export interface NewProposal {
  readonly registrant: Who;
  readonly source: CodeRef;
  readonly target: CodeRef;
  readonly prerequisite?: CodeRef;
  readonly description?: string | null;
  readonly commitMessage?: string | null;
  /** Needs review from the start, or still in progress. @default true */
  readonly needsReview?: boolean;
  readonly bugs?: readonly Bug[];
  readonly at?: When;
}

/** Repositories, branches, and the proposals to merge them. */
export class Code {
  readonly repositories: GitRepository[] = [];
  readonly branches: Branch[] = [];
  readonly proposals: Proposal[] = [];
  readonly #core: Core;
  readonly #people: People;
  readonly #pillars: Pillars;
  readonly #byId = new Map<number, Proposal>();
  readonly #repositoryByPath = new Map<string, GitRepository>();
  readonly #branchByPath = new Map<string, Branch>();

  constructor(core: Core, people: People, pillars: Pillars) {
    this.#core = core;
    this.#people = people;
    this.#pillars = pillars;
  }

  addRepository(details: NewCode): GitRepository {
    const repository: GitRepository = {
      type: 'git_repository',
      id: this.#core.number('git_repository'),
      ...this.#place(details),
    };
    this.repositories.push(repository);
    this.#repositoryByPath.set(keyOf(repository), repository);
    return repository;
  }

  addBranch(details: NewCode): Branch {
    const branch: Branch = { type: 'branch', id: this.#core.number('branch'), ...this.#place(details) };
    this.branches.push(branch);
    this.#branchByPath.set(keyOf(branch), branch);
    return branch;
  }

  #place(details: NewCode) {
    const at = this.#core.at(details.at);
    return {
      owner: this.#people.get(details.owner),
      project: this.#pillars.project(details.project),
      name: details.name,
      private: details.private ?? false,
      dateCreated: at,
      dateLastModified: at,
    };
  }

  findRepository(owner: string, project: string, name: string): GitRepository | undefined {
    return this.#repositoryByPath.get(`${this.#people.find(owner)?.id}/${project}/${name}`);
  }

  findBranch(owner: string, project: string, name: string): Branch | undefined {
    return this.#branchByPath.get(`${this.#people.find(owner)?.id}/${project}/${name}`);
  }

  find(id: number): Proposal | undefined {
    return this.#byId.get(id);
  }

  propose(details: NewProposal): Proposal {
    const at = this.#core.at(details.at);
    const needsReview = details.needsReview ?? true;
    const proposal: Proposal = {
      type: 'branch_merge_proposal',
      id: this.#core.number('branch_merge_proposal', 500_001),
      registrant: this.#people.get(details.registrant),
      source: details.source,
      target: details.target,
      prerequisite: details.prerequisite ?? null,
      description: details.description ?? null,
      commitMessage: details.commitMessage ?? null,
      queueStatus: needsReview ? 'Needs review' : 'Work in progress',
      dateCreated: at,
      dateReviewRequested: needsReview ? at : null,
      dateReviewed: null,
      dateMerged: null,
      reviewer: null,
      reviewedRevision: null,
      mergeReporter: null,
      mergedRevisionId: null,
      mergedRevno: null,
      supersedes: null,
      supersededBy: null,
      comments: [],
      votes: [],
      diffs: [],
      inlineComments: [],
      bugs: [...(details.bugs ?? [])],
    };
    for (const bug of proposal.bugs) bug.proposals.push(proposal);
    this.proposals.push(proposal);
    this.#byId.set(proposal.id, proposal);
    return proposal;
  }

  requestReview(proposal: Proposal, reviewer: Who, act: Act & { reviewType?: string }): Vote {
    const vote: Vote = {
      type: 'code_review_vote_reference',
      id: this.#core.number('code_review_vote_reference'),
      proposal,
      registrant: this.#people.get(act.by),
      reviewer: this.#people.get(reviewer),
      reviewType: act.reviewType ?? null,
      dateCreated: this.#core.at(act.at),
      comment: null,
    };
    proposal.votes.push(vote);
    return vote;
  }

  /** A comment, with or without a vote. A vote answers the pending request of the voter, of a team of his, or a new one. */
  comment(
    proposal: Proposal,
    content: string,
    act: Act & { vote?: VoteValue; voteTag?: string; title?: string },
  ): CodeReviewComment {
    const author = this.#people.get(act.by);
    const at = this.#core.at(act.at);
    const comment: CodeReviewComment = {
      type: 'code_review_comment',
      id: this.#core.number('code_review_comment', 1_000_001),
      proposal,
      author,
      title: act.title ?? `Re: [Merge] proposal ${proposal.id}`,
      content,
      vote: act.vote ?? null,
      voteTag: act.voteTag ?? null,
      dateCreated: at,
      dateLastEdited: null,
      dateDeleted: null,
    };
    proposal.comments.push(comment);
    if (comment.vote !== null) this.#answer(proposal, comment);
    return comment;
  }

  #answer(proposal: Proposal, comment: CodeReviewComment): void {
    const { author } = comment;
    const own = proposal.votes.find((vote) => vote.reviewer === author);
    const ofTeam = proposal.votes.find((vote) => vote.comment === null && this.#people.belongs(author, vote.reviewer));
    const vote = own ?? ofTeam ?? this.requestReview(proposal, author, { by: author, at: comment.dateCreated });
    vote.reviewer = author;
    vote.comment = comment;
  }

  deleteComment(comment: CodeReviewComment, at?: When): void {
    comment.dateDeleted = this.#core.at(at);
    comment.content = '';
  }

  editComment(comment: CodeReviewComment, content: string, at?: When): void {
    comment.dateLastEdited = this.#core.at(at);
    comment.content = content;
  }

  addDiff(proposal: Proposal, details: { added: number; removed: number; conflicts?: string; at?: When }): PreviewDiff {
    const id = this.#core.number('preview_diff');
    const diff: PreviewDiff = {
      type: 'preview_diff',
      id,
      proposal,
      dateCreated: this.#core.at(details.at),
      added: details.added,
      removed: details.removed,
      conflicts: details.conflicts ?? null,
      sourceRevision: revision(id * 2),
      targetRevision: revision(id * 2 + 1),
    };
    proposal.diffs.push(diff);
    return diff;
  }

  /** A comment within a diff, published with a comment that is there, or with an empty one of its own. */
  commentInline(diff: PreviewDiff, line: number, text: string, published: CodeReviewComment | Act): InlineComment {
    const comment = 'by' in published ? this.comment(diff.proposal, '', published) : published;
    const inline: InlineComment = { diff, comment, line, text };
    diff.proposal.inlineComments.push(inline);
    return inline;
  }

  /** Sets the status, with the dates and people that go with it. Asking for a review again forgets the last one's. */
  setStatus(proposal: Proposal, status: Exclude<QueueStatus, 'Superseded'>, act: Act): void {
    const by = this.#people.get(act.by);
    const at = this.#core.at(act.at);
    proposal.queueStatus = status;
    switch (status) {
      case 'Work in progress':
        clearReview(proposal);
        break;
      case 'Needs review':
        clearReview(proposal);
        proposal.dateReviewRequested = at;
        break;
      case 'Approved':
      case 'Rejected':
        review(proposal, by, at);
        break;
      case 'Queued':
        if (proposal.dateReviewed === null) review(proposal, by, at);
        break;
      case 'Merged':
        proposal.mergeReporter = by;
        proposal.dateMerged = at;
        proposal.mergedRevisionId = revision(proposal.id);
        if (proposal.source.kind === 'bzr') proposal.mergedRevno = proposal.id % 10_000;
        break;
      case 'Code failed to merge':
        break;
    }
  }

  /** Proposes the same branch anew; the earlier proposal is superseded. */
  supersede(proposal: Proposal, act: Act): Proposal {
    const at = this.#core.at(act.at);
    const next = this.propose({
      registrant: act.by,
      source: proposal.source,
      target: proposal.target,
      description: proposal.description,
      commitMessage: proposal.commitMessage,
      bugs: proposal.bugs,
      at,
    });
    next.supersedes = proposal;
    proposal.supersededBy = next;
    proposal.queueStatus = 'Superseded';
    return next;
  }

  /** Takes a proposal away altogether, as its registrant can. */
  remove(proposal: Proposal): void {
    this.#core.touch();
    this.#byId.delete(proposal.id);
    this.proposals.splice(this.proposals.indexOf(proposal), 1);
  }

  repoint(from: Person, to: Person): void {
    handOver(this.repositories, this.#repositoryByPath, from, to);
    handOver(this.branches, this.#branchByPath, from, to);
    repointFields(this.proposals, ['registrant', 'reviewer', 'mergeReporter'], from, to);
    repointFields(
      this.proposals.flatMap(({ comments }) => comments),
      ['author'],
      from,
      to,
    );
    repointFields(
      this.proposals.flatMap(({ votes }) => votes),
      ['registrant', 'reviewer'],
      from,
      to,
    );
  }
}

/** By the owner's number, which stays when his name changes. */
function keyOf({ owner, project, name }: GitRepository | Branch): string {
  return `${owner.id}/${project.name}/${name}`;
}

/** Gives what one owns to another; what bears a name that the other one uses already gets a number behind it. */
function handOver<T extends GitRepository | Branch>(
  places: readonly T[],
  index: Map<string, T>,
  from: Person,
  to: Person,
): void {
  for (const place of places) {
    if (place.owner !== from) continue;
    index.delete(keyOf(place));
    place.owner = to;
    const { name } = place;
    for (let n = 1; index.has(keyOf(place)); n += 1) place.name = `${name}-${n}`;
    index.set(keyOf(place), place);
  }
}

function clearReview(proposal: Proposal): void {
  proposal.reviewer = null;
  proposal.dateReviewed = null;
  proposal.reviewedRevision = null;
}

function review(proposal: Proposal, by: Person, at: Micros): void {
  proposal.reviewer = by;
  proposal.dateReviewed = at;
  proposal.reviewedRevision = revision(proposal.id + 7);
}

/** Forty hexadecimal digits that look like a commit. */
function revision(of: number): string {
  return (BigInt(of) * 0x9e3779b97f4a7c15f39cc0605cedc835n).toString(16).padStart(40, '0').slice(-40);
}

/** The repository or branch that a reference is in. */
export function placeOf(ref: CodeRef): GitRepository | Branch {
  return ref.kind === 'git' ? ref.repository : ref.branch;
}
