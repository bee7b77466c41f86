import type { World } from '@tributary/testing/launchpad';
import { memberNames, ORIGIN, TEAM } from './bench-world.js';

type Bug = World['bugs']['all'][number];
type Proposal = World['code']['proposals'][number];
type Question = World['questions']['all'][number];
type Person = World['people']['all'][number];

const PAGE = 300;
const TASK_STATUSES = [
  ...['New', 'Incomplete', 'Opinion', 'Invalid', "Won't Fix", 'Expired', 'Confirmed', 'Triaged'],
  ...['In Progress', 'Deferred', 'Fix Committed', 'Fix Released', 'Does Not Exist', 'Unknown'],
];
const PROPOSAL_STATUSES = ['Work in progress', 'Needs review', 'Approved', 'Rejected', 'Merged', 'Code failed to merge', 'Queued', 'Superseded'];
const QUESTION_STATUSES = ['Open', 'Needs information', 'Answered', 'Solved', 'Expired', 'Invalid'];

/** What a world holds for its team, found in its data and not by asking the server. */
export interface Reachable {
  readonly bugs: readonly Bug[];
  readonly proposals: readonly Proposal[];
  readonly questions: readonly Question[];
}

/** What somebody anonymous can find out that members did or had a hand in. */
export function reachable(world: World): Reachable {
  const members = new Set(memberNames(world).map((name) => world.people.get(name)));
  const some = (people: Iterable<Person>): boolean => [...people].some((person) => members.has(person));
  return {
    bugs: world.bugs.all.filter((bug) => isPublic(bug) && bug.tasks.length > 0 && some([bug.owner, ...bug.commenters])),
    proposals: world.code.proposals.filter((proposal) => {
      const { owner } = placeOf(proposal.source);
      if (placeOf(proposal.source).private || placeOf(proposal.target).private) return false;
      if (members.has(owner) || some(proposal.votes.map(({ reviewer }) => reviewer))) return true;
      return members.has(proposal.registrant) && world.people.superTeams(proposal.registrant).has(owner) && !owner.private;
    }),
    questions: world.questions.all.filter(({ owner, answerer, messages }) =>
      some([owner, ...(answerer === null ? [] : [answerer]), ...messages.map((message) => message.owner)]),
    ),
  };
}

/**
 * Paths that anybody has to ask for who wants all that the team did: each listing once in pages of 300, each bug with its
 * activity and messages, of each proposal and question the collections that may hold something. Nothing is asked twice,
 * and nothing is asked for that a listing tells.
 */
export function neededRequests(world: World): readonly string[] {
  const found = reachable(world);
  return [
    ...listings(world),
    ...found.bugs.flatMap((bug) => {
      const path = `bugs/${String(bug.id)}`;
      return [path, ...pages(`${path}/activity`, bug.activity.length), ...pages(`${path}/messages`, bug.messages.length)];
    }),
    ...found.proposals.flatMap(ofProposal),
    ...found.questions.flatMap(({ target, id, messages }) => pages(`${target.name}/+question/${String(id)}/messages`, messages.length)),
  ];
}

function listings(world: World): readonly string[] {
  const members = memberNames(world).map((name) => world.people.get(name));
  const teams = [...new Set(members.flatMap((member) => [...world.people.superTeams(member)]))].filter((team) => !team.private);
  const archives = [...members, ...teams].flatMap((owner) => world.archives.ppas(owner)).filter((archive) => !archive.private);
  return [
    `~${TEAM}`,
    ...pages(`~${TEAM}/participants`, members.length),
    ...pages(`~${TEAM}/members_details`, members.length),
    ...members.flatMap((member) => ofMember(world, member)),
    ...teams.flatMap((team) => [...proposalsFrom(world, team), `~${team.name}/ppas`]),
    ...archives.flatMap(({ owner, distribution, name, publications }) =>
      pages(`~${owner.name}/+archive/${distribution.name}/${name}?ws.op=getPublishedSources`, publications.length),
    ),
  ];
}

function ofMember(world: World, member: Person): readonly string[] {
  const { name } = member;
  const { tasks } = world.bugs;
  const reviewed = world.code.proposals.filter(({ votes }) => votes.some(({ reviewer }) => reviewer === member));
  const asked = world.questions.all.filter(
    ({ owner, answerer, messages }) => owner === member || answerer === member || messages.some((message) => message.owner === member),
  );
  const questions = `ws.op=searchQuestions&${many('participation', ['Owner', 'Commenter', 'Answerer'])}&${many('status', QUESTION_STATUSES)}`;
  return [
    ...tasksOf('bug_reporter', name, tasks.filter(({ bug }) => bug.owner === member).length),
    ...tasksOf('bug_commenter', name, tasks.filter(({ bug }) => bug.commenters.has(member)).length),
    ...proposalsFrom(world, member),
    ...pages(`~${name}?ws.op=getRequestedReviews&${many('status', PROPOSAL_STATUSES)}`, reviewed.length),
    ...pages(`~${name}?${questions}`, asked.length),
    ...['super_teams', 'all_specifications', 'ppas', 'memberships_details'].map((collection) => `~${name}/${collection}?ws.size=${String(PAGE)}`),
  ];
}

/** Rows that nobody may see take their place on a page, too. */
function tasksOf(leg: string, name: string, count: number): readonly string[] {
  const query = `${leg}=/~${name}&${many('status', TASK_STATUSES)}&omit_duplicates=false&modified_since=${ORIGIN}&order_by=datecreated`;
  return pages(`bugs?ws.op=searchTasks&${query}`, count);
}

function proposalsFrom({ code }: World, owner: Person): readonly string[] {
  const own = code.proposals.filter(({ source }) => placeOf(source).owner === owner);
  return pages(`~${owner.name}?ws.op=getMergeProposals&${many('status', PROPOSAL_STATUSES)}`, own.length);
}

/** Nothing tells how many comments or votes there are, nor which diffs have comments in them; those come with a comment. */
function ofProposal({ source, id, comments, votes, diffs }: Proposal): readonly string[] {
  const place = placeOf(source);
  const path = `~${place.owner.name}/${place.project.name}/${place.type === 'git_repository' ? '+git/' : ''}${place.name}/+merge/${String(id)}`;
  return [
    ...pages(`${path}/all_comments`, comments.length),
    ...pages(`${path}/votes`, votes.length),
    ...(diffs.length === 0 ? [] : pages(`${path}/preview_diffs`, diffs.length)),
    ...(comments.length === 0 ? [] : diffs.map((diff) => `${path}?ws.op=getInlineComments&previewdiff_id=${String(diff.id)}`)),
  ];
}

/** A collection of nothing takes a request, too. */
function pages(path: string, count: number): readonly string[] {
  const join = path.includes('?') ? '&' : '?';
  return Array.from(
    { length: Math.max(1, Math.ceil(count / PAGE)) },
    (_, page) => `${path}${join}ws.size=${String(PAGE)}&ws.start=${String(page * PAGE)}`,
  );
}

function many(name: string, values: readonly string[]): string {
  return values.map((value) => `${name}=${encodeURIComponent(JSON.stringify(value))}`).join('&');
}

function placeOf(ref: Proposal['source']) {
  return ref.kind === 'git' ? ref.repository : ref.branch;
}

function isPublic({ informationType }: Bug): boolean {
  return informationType === 'Public' || informationType === 'Public Security';
}
