import { isoformat, truth, type World } from '@tributary/testing/launchpad';
import { memberNames } from './bench-world.js';
import { reachable, type Reachable } from './needed-requests.js';

/** One thing that a member did: what it happened to, who, and when, RFC 3339. */
export interface Deed {
  readonly item: string;
  readonly who: string;
  readonly when: string;
}

export interface Changes {
  readonly bugs: number;
  readonly proposals: number;
  readonly questions: number;
  /** What an incremental run has to find, no more and no less. */
  readonly deeds: readonly Deed[];
}

type Bug = Reachable['bugs'][number];
type Proposal = Reachable['proposals'][number];
type Question = Reachable['questions'][number];

interface Change<T> {
  /** Nothing but a comment tells of it, which leaves no trace in what listings show. */
  readonly silent?: true;
  readonly make: (world: World, item: T, by: string) => unknown;
}

/** A quarter of the changes is by somebody whom nobody asked about. */
const OUTSIDER = 'launchpad-janitor';

const BUG_CHANGES: readonly Change<Bug>[] = [
  { make: ({ bugs }, bug, by) => bugs.comment(bug, 'Seen here, too.', { by }) },
  { make: ({ bugs }, bug, by) => bugs.setStatus(bugs.task(bug), bugs.task(bug).status === 'Fix Released' ? 'Confirmed' : 'Fix Released', { by }) },
  { make: ({ bugs }, bug, by) => bugs.setImportance(bugs.task(bug), bugs.task(bug).importance === 'High' ? 'Low' : 'High', { by }) },
  { make: ({ bugs }, bug) => bugs.comment(bug, 'Is there news?', { by: OUTSIDER }) },
];

const PROPOSAL_CHANGES: readonly Change<Proposal>[] = [
  { silent: true, make: ({ code }, proposal, by) => code.comment(proposal, 'Needs a test.', { by }) },
  { silent: true, make: ({ code }, proposal, by) => code.comment(proposal, 'Good.', { by, vote: 'Approve' }) },
  { make: ({ code }, proposal, by) => code.setStatus(proposal, 'Merged', { by }) },
  { silent: true, make: ({ code }, proposal) => code.comment(proposal, 'Is there news?', { by: OUTSIDER }) },
];

const QUESTION_CHANGES: readonly Change<Question>[] = [
  { make: ({ questions }, question, by) => questions.message(question, 'Answer', { by }) },
  { silent: true, make: ({ questions }, question, by) => questions.message(question, 'Comment', { by }) },
  { make: ({ questions }, question, by) => questions.message(question, 'Request for more information', { by }) },
  { silent: true, make: ({ questions }, question) => questions.message(question, 'Comment', { by: OUTSIDER }) },
];

/** Changes a share of the bugs, proposals and questions that the team has to do with, each once, spread over all of them. */
export function changeWorld(world: World, share: number): Changes {
  const began = isoformat(world.core.now());
  const found = reachable(world);
  const counts = {
    bugs: change(world, found.bugs, found.bugs.length * share, BUG_CHANGES),
    proposals: change(world, found.proposals.filter(isOpen), found.proposals.length * share, PROPOSAL_CHANGES),
    questions: change(world, found.questions.filter(isOpen), found.questions.length * share, QUESTION_CHANGES),
  };
  const members = new Set(memberNames(world));
  const deeds = truth(world)
    .filter(({ who, when, private: hidden }) => !hidden && who !== null && members.has(who) && when > began)
    .map(({ item, who, when }) => ({ item, who: who ?? '', when }));
  return { ...counts, deeds };
}

function change<T extends Bug | Proposal | Question>(world: World, items: readonly T[], count: number, changes: readonly Change<T>[]): number {
  const members = memberNames(world);
  const recent = items.filter((item) => lastEvent(item) > world.core.now() - LIVELY);
  const changed = new Set<T>();
  const wanted = Math.max(1, Math.round(count));
  for (let index = 0; index < wanted; index++) {
    const { silent, make } = changes[index % changes.length] ?? fail('a change');
    const free = (silent ? recent : items).filter((item) => !changed.has(item));
    const item = free[Math.floor((index * free.length) / wanted)] ?? fail('something to change');
    changed.add(item);
    make(world, item, members[index % members.length] ?? fail('a member'));
  }
  return changed.size;
}

/** Time within which silent changes are made: of something that was quiet for longer they are found by a later run. */
const LIVELY = 30 * 86_400_000_000;

function lastEvent(item: Bug | Proposal | Question): number {
  if (item.type === 'branch_merge_proposal') return Math.max(item.dateCreated, ...item.comments.map(({ dateCreated }) => dateCreated));
  return Math.max(item.dateCreated, ...item.messages.map(({ dateCreated }) => dateCreated));
}

const CLOSED: readonly string[] = ['Rejected', 'Merged', 'Superseded', 'Solved', 'Expired', 'Invalid'];

function isOpen(item: Proposal | Question): boolean {
  return !CLOSED.includes(item.type === 'question' ? item.status : item.queueStatus);
}

function fail(what: string): never {
  throw new RangeError(`The world is too small: it lacks ${what}`);
}
