import { Problem, notFound } from '../http-problem.js';
import { pathOf } from '../representation/paths.js';
import { serviceDescription } from '../representation/service-description.js';
import { typeIn } from '../representation/versions.js';
import type { View } from '../representation/view.js';
import type { Entity, Person } from '../world/entities.js';
import { linkCollection, topCollection } from './link-collections.js';

/** What a path leads to. */
export type Found =
  | { readonly kind: 'root' }
  | { readonly kind: 'entry'; readonly entity: Entity }
  | {
      readonly kind: 'collection';
      readonly type: string;
      readonly rows: readonly Entity[];
      readonly path: string;
      readonly name?: string;
    }
  | { readonly kind: 'redirect'; readonly status: 301 | 303; readonly path: string };

/**
 * Finds what a path below the version's root leads to, for the view's caller.
 * @throws Problem 404 for what there is not or may not be seen, 410 for a suspended person, 401 for `people/+me` of nobody
 */
export function resolve(path: string, view: View): Found {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const [first, second] = parts;
  if (first === undefined) return { kind: 'root' };
  const top = topName(first);
  if (top !== undefined && serviceDescription().types[top] !== undefined && typeIn(view.version, top)) {
    if (parts.length === 1) return topPage(top, first, view);
    if (top === 'people' && second === '+me') return me(view);
  }
  const redirect = canonicalName(parts, view);
  if (redirect !== undefined) return redirect;
  const { entity, rest } = findEntity(parts, view);
  if (entity === undefined || !view.sees(entity)) throw notFound(parts.at(-1) ?? '');
  return rest.length === 0 ? { kind: 'entry', entity } : collectionOf(entity, rest, view);
}

function topName(part: string): string | undefined {
  if (part === '+languages') return 'languages';
  if (part === '+git') return 'git_repositories';
  return part;
}

function topPage(name: string, path: string, view: View): Found {
  if (serviceDescription().types[name]?.kind !== 'collection') throw notFound(path);
  return { kind: 'collection', type: name, name, rows: topCollection(name, view.world), path };
}

function me(view: View): Found {
  const { person } = view.caller;
  if (person === undefined) throw new Problem(401, 'You need to be logged in to view this URL.');
  return { kind: 'redirect', status: 303, path: pathOf(person) };
}

/** Names are in lower case; a name in another case, or one that was given up with a redirect, leads to the right one. */
function canonicalName([first, ...rest]: readonly string[], view: View): Found | undefined {
  if (first?.startsWith('~') !== true) return undefined;
  const name = first.slice(1);
  const person = view.world.people.find(name.toLowerCase()) ?? view.world.people.redirect(name);
  if (person === undefined || person.name === name) return undefined;
  return { kind: 'redirect', status: 301, path: [pathOf(person), ...rest].join('/') };
}

function collectionOf(entity: Entity, rest: readonly string[], view: View): Found {
  const [name = ''] = rest;
  const field = serviceDescription().types[entity.type]?.fields?.[`${name}_collection_link`];
  if (rest.length > 1 || field?.to === undefined) throw notFound(rest.at(-1) ?? '');
  const path = `${pathOf(entity)}/${name}`;
  return {
    kind: 'collection',
    type: `${field.to}-page-resource`,
    rows: linkCollection(entity, name, view.world),
    path,
  };
}

interface Position {
  readonly entity: Entity | undefined;
  /** What is left of the path. */
  readonly rest: readonly string[];
}

const NOWHERE: Position = { entity: undefined, rest: [] };

function findEntity(parts: readonly string[], view: View): Position {
  const [first = '', ...rest] = parts;
  const { world } = view;
  if (first.startsWith('~')) {
    const person = world.people.find(first.slice(1));
    return person === undefined ? NOWHERE : belowPerson(person, rest, view);
  }
  if (first === 'bugs') return belowBug(Number(rest[0]), rest.slice(1), view);
  if (first === '+languages')
    return { entity: world.pillars.languages.find(({ code }) => code === rest[0]), rest: rest.slice(1) };
  return belowPillar(first, rest, view);
}

function belowBug(id: number, rest: readonly string[], view: View): Position {
  const bug = view.world.bugs.find(id);
  if (rest[0] === 'comments') return { entity: bug?.messages[Number(rest[1])], rest: rest.slice(2) };
  return { entity: bug, rest };
}

function belowPerson(person: Person, rest: readonly string[], view: View): Position {
  if (person.accountStatus === 'Suspended' && !view.caller.admin)
    throw new Problem(410, `User is suspended: ${person.name}`);
  // A path leads through its owner: what hangs below somebody who is not to be seen is not to be found.
  if (!view.sees(person)) return NOWHERE;
  const { world } = view;
  const [first = '', second = '', third = '', fourth = ''] = rest;
  if (first === '+member') {
    const membership = person.members.findLast(({ member }) => member.name === second);
    return { entity: membership, rest: rest.slice(2) };
  }
  if (first === '+archive') {
    const archive = world.archives.ppa(person, second, third);
    if (fourth !== '+sourcepub') return { entity: archive, rest: rest.slice(3) };
    return { entity: archive?.publications.find(({ id }) => id === Number(rest[4])), rest: rest.slice(5) };
  }
  if (second === '+git') return belowCode(world.code.findRepository(person.name, first, third), rest.slice(3), view);
  const branch = world.code.findBranch(person.name, first, second);
  return branch === undefined ? { entity: person, rest } : belowCode(branch, rest.slice(2), view);
}

function belowCode(place: Entity | undefined, rest: readonly string[], view: View): Position {
  const [first, id, kind, inner] = rest;
  if (first !== '+merge') return { entity: place, rest };
  const proposal = view.world.code.find(Number(id));
  const below = rest.slice(4);
  switch (kind) {
    case 'comments':
      return { entity: proposal?.comments.find((comment) => comment.id === Number(inner)), rest: below };
    case '+review':
      return { entity: proposal?.votes.find((vote) => vote.id === Number(inner)), rest: below };
    case '+preview-diff':
      return { entity: proposal?.diffs.find((diff) => diff.id === Number(inner)), rest: below };
    default:
      return { entity: proposal, rest: rest.slice(2) };
  }
}

function belowPillar(name: string, rest: readonly string[], view: View): Position {
  const { world } = view;
  const pillar = world.pillars.find(name);
  if (pillar === undefined) return NOWHERE;
  const [first, second = '', third, fourth] = rest;
  switch (first) {
    case '+bug':
      return pillar.type === 'project_group' ? NOWHERE : taskOf(pathOf(pillar), second, rest.slice(2), view);
    case '+question': {
      const question = world.questions.find(Number(second));
      if (third !== 'messages' || fourth === undefined) return { entity: question, rest: rest.slice(2) };
      return { entity: question?.messages[Number(fourth)], rest: rest.slice(4) };
    }
    case '+spec':
      return { entity: world.blueprints.find(name, second), rest: rest.slice(2) };
    case '+milestone':
      return { entity: pillar.milestones.find((milestone) => milestone.name === second), rest: rest.slice(2) };
    case '+archive': {
      const archive = world.archives.primary(name);
      if (third !== '+sourcepub') return { entity: archive, rest: rest.slice(2) };
      return { entity: archive?.publications.find(({ id }) => id === Number(fourth)), rest: rest.slice(4) };
    }
    case '+source':
      if (pillar.type !== 'distribution') return NOWHERE;
      if (third === '+bug') return taskOf(`${name}/+source/${second}`, fourth ?? '', rest.slice(4), view);
      return { entity: world.pillars.sourcePackage(pillar, second), rest: rest.slice(2) };
    default: {
      const series = pillar.type === 'distribution' ? pillar.series.find((one) => one.name === first) : undefined;
      return series === undefined ? { entity: pillar, rest } : { entity: series, rest: rest.slice(1) };
    }
  }
}

function taskOf(target: string, id: string, rest: readonly string[], view: View): Position {
  const bug = view.world.bugs.find(Number(id));
  if (rest[0] === 'comments') return { entity: bug?.messages[Number(rest[1])], rest: rest.slice(2) };
  return { entity: bug?.tasks.find((task) => pathOf(task.target) === target), rest };
}
