import type { Entity, Person } from '../world/entities.js';
import { pathOf } from '../representation/paths.js';
import { represent } from '../representation/represent.js';
import type { Json, View } from '../representation/view.js';
import { placeOf } from '../world/code.js';
import type { Archive, MembershipStatus } from '../world/entities.js';
import type { Proposal } from '../world/entities-code.js';
import type { Parameters } from './parameters.js';
import { searchQuestions } from './search-questions.js';
import { searchTasks, type TaskScope } from './search-tasks.js';

/** What a named operation gives: rows for a page, one entry or none, or a value. */
export type Outcome =
  { readonly rows: readonly Entity[] } | { readonly entry: Entity | null } | { readonly value: Json };

/** What an operation is called on: an entity, or a top-level collection by its name. */
export type Subject = Entity | string;

/** Runs a named operation; undefined when this subject has no such operation. */
export function runOperation(name: string, on: Subject, parameters: Parameters, view: View): Outcome | undefined {
  if (typeof on === 'string') return onCollection(name, on, parameters, view);
  switch (name) {
    case 'searchTasks':
      return { rows: searchTasks(on as TaskScope, parameters, view) };
    case 'searchQuestions':
      return { rows: searchQuestions(on, parameters, view) };
    case 'getMergeProposals':
      return { rows: mergeProposals(on, parameters, view) };
    case 'getBranches':
      return { rows: branches(on, parameters, view) };
    case 'getSpecification':
      return { entry: view.world.blueprints.find(pathOf(on), parameters.text('name') ?? '') ?? null };
    case 'getSeries':
    case 'getArchive':
      return distributionOperation(name, on, parameters, view);
    case 'getPublishedSources':
      return on.type === 'archive' ? { rows: publishedSources(on, parameters) } : undefined;
    default:
      if (on.type === 'person' || on.type === 'team') return onPerson(name, on, parameters, view);
      return on.type === 'branch_merge_proposal' ? onProposal(name, on, parameters, view) : undefined;
  }
}

function onCollection(name: string, on: string, parameters: Parameters, view: View): Outcome | undefined {
  const { world } = view;
  const text = (key: string) => parameters.text(key) ?? '';
  switch (`${on}.${name}`) {
    case 'bugs.searchTasks':
      return { rows: searchTasks(undefined, parameters, view) };
    case 'questions.searchQuestions':
      return { rows: searchQuestions(undefined, parameters, view) };
    case 'questions.getByID':
      return { entry: world.questions.find(parameters.int('question_id') ?? 0) ?? null };
    case 'people.find':
      return { rows: findPeople(text('text'), parameters, view, () => true) };
    case 'people.findPerson':
      return { rows: findPeople(text('text'), parameters, view, ({ type }) => type === 'person') };
    case 'people.findTeam':
      return { rows: findPeople(text('text'), parameters, view, ({ type }) => type === 'team') };
    case 'people.getByEmail':
      return { entry: world.people.all.find(({ email }) => email === text('email')) ?? null };
    case 'projects.search':
    case 'project_groups.search': {
      const type = on === 'projects' ? 'project' : 'project_group';
      return { rows: world.pillars.all.filter((pillar) => pillar.type === type && pillar.name.includes(text('text'))) };
    }
    case 'projects.latest':
      return {
        rows: world.pillars.all.filter(({ type }) => type === 'project').sort((a, b) => b.dateCreated - a.dateCreated),
      };
    case 'git_repositories.getByPath':
      return { entry: world.code.repositories.find((one) => pathOf(one) === text('path')) ?? null };
    case 'git_repositories.getRepositories': {
      const target = parameters.entity('target');
      const since = parameters.time('modified_since_date');
      return {
        rows: world.code.repositories.filter(
          (one) =>
            (target === undefined || one.project === target || one.owner === target) &&
            (since === undefined || one.dateLastModified > since),
        ),
      };
    }
    case 'git_repositories.getDefaultRepository':
      return { entry: world.code.repositories.find(({ project }) => project === parameters.entity('target')) ?? null };
    case 'branches.getByPath':
      return { entry: world.code.branches.find((one) => pathOf(one) === text('path')) ?? null };
    case 'branches.getByUniqueName':
      return { entry: world.code.branches.find((one) => pathOf(one) === text('unique_name')) ?? null };
    case 'archives.getByReference':
      return { entry: world.archives.all.find((archive) => archiveReference(archive) === text('reference')) ?? null };
    default:
      return undefined;
  }
}

function archiveReference(archive: Archive): string {
  return archive.main ? archive.distribution.name : pathOf(archive).replace('/+archive', '');
}

function findPeople(
  text: string,
  parameters: Parameters,
  view: View,
  test: (person: Person) => boolean,
): readonly Person[] {
  const after = parameters.time('created_after') ?? Number.NEGATIVE_INFINITY;
  const before = parameters.time('created_before') ?? Number.POSITIVE_INFINITY;
  return view.world.people.all.filter(
    (person) =>
      test(person) &&
      person.accountStatus === 'Active' &&
      `${person.name}\n${person.displayName}`.toLowerCase().includes(text.toLowerCase()) &&
      person.dateCreated > after &&
      person.dateCreated < before,
  );
}

function onPerson(name: string, person: Person, parameters: Parameters, view: View): Outcome | undefined {
  const { world } = view;
  switch (name) {
    case 'getRequestedReviews': {
      const statuses = parameters.texts('status') ?? ['Needs review'];
      return {
        rows: newestFirst(
          world.code.proposals.filter(
            (proposal) =>
              statuses.includes(proposal.queueStatus) && proposal.votes.some(({ reviewer }) => reviewer === person),
          ),
        ),
      };
    }
    case 'getOwnedTeams':
      return { rows: world.people.all.filter(({ teamOwner }) => teamOwner === person) };
    case 'getOwnedProjects':
      return { rows: world.pillars.all.filter(({ type, owner }) => type === 'project' && owner === person) };
    case 'getMembersByStatus': {
      const statuses = new Set([parameters.text('status') as MembershipStatus]);
      return { rows: world.people.members(person, statuses) };
    }
    case 'getPPAByName':
      return { entry: world.archives.ppas(person).find((archive) => archive.name === parameters.text('name')) ?? null };
    default:
      return undefined;
  }
}

/** Proposals whose source the person owns, or that lead into the project or come from the repository or branch. */
function mergeProposals(on: Entity, parameters: Parameters, view: View): readonly Proposal[] {
  const statuses = parameters.texts('status') ?? ['Approved', 'Needs review', 'Work in progress'];
  const since = parameters.time('created_since') ?? Number.NEGATIVE_INFINITY;
  const before = parameters.time('created_before') ?? Number.POSITIVE_INFINITY;
  return newestFirst(
    view.world.code.proposals.filter(
      (proposal) =>
        statuses.includes(proposal.queueStatus) &&
        proposal.dateCreated > since &&
        proposal.dateCreated < before &&
        isProposalOf(proposal, on),
    ),
  );
}

function isProposalOf(proposal: Proposal, on: Entity): boolean {
  const source = placeOf(proposal.source);
  switch (on.type) {
    case 'person':
    case 'team':
      return source.owner === on;
    case 'project':
      return placeOf(proposal.target).project === on;
    case 'project_group':
      return placeOf(proposal.target).project.group === on;
    default:
      return source === on;
  }
}

function newestFirst(proposals: Proposal[]): Proposal[] {
  return proposals.sort((a, b) => b.dateCreated - a.dateCreated || a.id - b.id);
}

function branches(on: Entity, parameters: Parameters, view: View): readonly Entity[] {
  const since = parameters.time('modified_since') ?? Number.NEGATIVE_INFINITY;
  return view.world.code.branches.filter(
    (branch) =>
      branch.dateLastModified > since &&
      (branch.owner === on || branch.project === on || (on.type === 'project_group' && branch.project.group === on)),
  );
}

function distributionOperation(name: string, on: Entity, parameters: Parameters, view: View): Outcome {
  if (on.type !== 'distribution') return { entry: null };
  if (name === 'getArchive') return { entry: view.world.archives.primary(on.name) ?? null };
  const wanted = parameters.text('name_or_version');
  return { entry: on.series.find((series) => series.name === wanted || series.version === wanted) ?? null };
}

function onProposal(name: string, proposal: Proposal, parameters: Parameters, view: View): Outcome | undefined {
  switch (name) {
    case 'getComment':
      return { entry: proposal.comments.find(({ id }) => id === parameters.int('id')) ?? null };
    case 'getRelatedBugTasks':
      return { rows: proposal.bugs.flatMap(({ tasks }) => tasks) };
    case 'getInlineComments': {
      const id = parameters.int('previewdiff_id');
      const comments = proposal.inlineComments.filter(({ diff }) => diff.id === id);
      return {
        value: comments.map(({ line, text, comment }) => ({
          line_number: String(line),
          person: represent(comment.author, view),
          text,
          date: view.date(comment.dateCreated),
        })),
      };
    }
    default:
      return undefined;
  }
}

function publishedSources(archive: Archive, parameters: Parameters): readonly Entity[] {
  const since = parameters.time('created_since_date') ?? Number.NEGATIVE_INFINITY;
  const name = parameters.text('source_name');
  const exact = parameters.flag('exact_match') ?? false;
  const equals = (parameter: string, value: string) => (parameters.text(parameter) ?? value) === value;
  const found = archive.publications.filter(
    (publication) =>
      publication.dateCreated >= since &&
      (name === undefined || (exact ? publication.source === name : publication.source.includes(name))) &&
      equals('version', publication.version) &&
      equals('status', publication.status) &&
      equals('pocket', publication.pocket) &&
      equals('component_name', publication.component) &&
      (parameters.entity('distro_series') ?? publication.series) === publication.series,
  );
  if (parameters.flag('order_by_date_ascending') === true)
    return found.sort((a, b) => a.dateCreated - b.dateCreated || a.id - b.id);
  if (parameters.flag('order_by_date') === true)
    return found.sort((a, b) => b.dateCreated - a.dateCreated || b.id - a.id);
  return found.sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : b.id - a.id));
}
