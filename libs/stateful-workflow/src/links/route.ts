import { keyOf, relationAt, shapeOf, splitKey, type EntityKey, type Patch } from '../state/patch.js';
import { select, selected, selectsType, type Selection } from '../state/select.js';
import { knownKeys, recordAt } from '../state/store.js';
import type { Selector } from '../definitions/parts.js';
import type { Work } from '../work.js';
import type { Link, LinkKey } from './link.js';
import { joinMarks, marksOf, stampAt, withoutMarks, type Marks } from './marks.js';
import { linksTo, subGraph } from './sub-graph.js';

/** Whom an entity and those it relates to concerned before a patch. */
export interface Before {
  readonly links: ReadonlySet<LinkKey>;
  readonly joining: ReadonlyMap<EntityKey, ReadonlySet<LinkKey>>;
}

const NONE: Before = { links: new Set(), joining: new Map() };

/** To be asked before a patch is applied: a deletion ends the relations by which one sees whom it concerns. */
export function beforePatch({ next, territory, definition }: Work, patch: Patch): Before {
  if (next.children.size === 0) return NONE;
  const joining = new Map<EntityKey, ReadonlySet<LinkKey>>();
  const shape = shapeOf(definition.model, patch.type);
  const join = (target: string | undefined, id: unknown): void => {
    if (target !== undefined && typeof id === 'string')
      joining.set(keyOf({ type: target, id }), linksTo(territory, keyOf({ type: target, id })));
  };
  for (const [name, { add = [] }] of Object.entries(patch.rel ?? {}))
    for (const id of add) join(shape && relationAt(shape, name)?.target, id);
  for (const [path, value] of Object.entries(patch.set ?? {})) join(shape && relationAt(shape, path)?.target, value);
  return { links: patch.delete ? linksTo(territory, keyOf(patch)) : NONE.links, joining };
}

/**
 * Notes on each link what a patch changed: never on the one that it came in by, and to a child only what is in its own
 * sub-graph. What did not change anything is passed on to nobody, which is what ends every circle.
 */
export function routePatch(work: Work, patch: Patch, effect: Patch | undefined, before: Before): void {
  const { next } = work;
  answerDeletions(work, patch);
  if (!effect) {
    forgetEcho(work, patch);
    return;
  }
  const marks = marksOf(effect);
  const key = keyOf(effect);
  if (effect.origin !== undefined) unnote(work, effect.origin, key, marks);
  for (const { workflow } of next.owners) mark(work, `up:${workflow}`, key, marks, effect);
  for (const link of subscriptionLinks(work)) mark(work, link, key, marks, effect);
  if (next.children.size === 0) return;
  const holders = linksTo(work.territory, key);
  for (const link of new Set([...before.links, ...holders])) mark(work, link, key, marks, effect);
  for (const [target, known] of before.joining) {
    for (const link of linksTo(work.territory, target)) {
      if (known.has(link) || !holders.has(link)) continue;
      // What the child relates to is news to it only if it was here before the child spoke.
      const { type, id } = splitKey(target);
      if (link === effect.origin && !recordAt(work.before.store, type, id)) continue;
      markAll(work, link, subGraph(work.territory, target));
    }
  }
}

/** What was known: its sender need not be told of it. */
function forgetEcho(work: Work, patch: Patch): void {
  const { type, id, stamp, origin } = patch;
  const record = recordAt(work.store, type, id);
  const known = marksOf(patch);
  if (origin === undefined || !record || known === 'all') return;
  const same = known.filter((mark) => stampAt(record, mark) === stamp);
  unnote(work, origin, keyOf(patch), same);
}

/**
 * A child that creates an entity, or relates to one, may not have heard that it was deleted: until then it was not in
 * the child's sub-graph. So it is told.
 */
function answerDeletions(work: Work, patch: Patch): void {
  const { type, put, set = {}, rel = {}, origin } = patch;
  const shape = shapeOf(work.definition.model, type);
  if (!origin?.startsWith('down:') || !shape) return;
  const tell = (target: string | undefined, id: unknown): void => {
    if (target === undefined || typeof id !== 'string') return;
    if (recordAt(work.store, target, id)?.dead) note(work, origin, keyOf({ type: target, id }), ['dead']);
  };
  if (put) tell(type, patch.id);
  for (const [path, id] of Object.entries(set)) tell(relationAt(shape, path)?.target, id);
  for (const [name, { add = [] }] of Object.entries(rel))
    for (const id of add) tell(relationAt(shape, name)?.target, id);
}

/** Notes all of the given entities on a link. */
export function markAll(work: Work, link: LinkKey, keys: readonly EntityKey[]): void {
  for (const key of keys) note(work, link, key, 'all');
}

/** Notes everything that the receiver of a link is to know. */
export function markEverything(work: Work, key: LinkKey): void {
  const link = work.next.links.get(key);
  if (!link) return;
  if (link.direction === 'down') {
    const root = rootOf(work, link);
    if (root !== undefined) markAll(work, key, subGraph(work.territory, root));
    if (!link.inherit) setLink(work, key, { ...(work.next.links.get(key) ?? link), inherit: true });
    return;
  }
  const selection = selectionOf(link);
  markAll(work, key, allKeys(work, selection));
}

function allKeys(work: Work, selection: Selection): EntityKey[] {
  if (selection === 'everything') return knownKeys(work.store);
  return knownKeys(work.store).filter((key) => selectsType(selection, splitKey(key).type));
}

function rootOf(work: Work, link: Link): EntityKey | undefined {
  const child = work.next.children.get(link.peer);
  return child && keyOf(child);
}

const selections = new WeakMap<Selector, Selection>();

/** What travels over a link. */
export function selectionOf({ selector }: Pick<Link, 'selector'>): Selection {
  if (!selector) return 'everything';
  const known = selections.get(selector) ?? select(selector);
  selections.set(selector, known);
  return known;
}

function* subscriptionLinks({ next }: Work): Generator<LinkKey> {
  for (const subscriber of next.subscribers) yield `subscription:${subscriber}`;
}

function mark(work: Work, link: LinkKey, key: EntityKey, marks: Marks, effect: Patch): void {
  if (link === effect.origin) return;
  const known = work.next.links.get(link);
  if (!known) return;
  const selection = selectionOf(known);
  if (selection === 'everything') {
    note(work, link, key, marks);
    return;
  }
  const part = selected(selection, effect);
  if (part) note(work, link, key, marksOf(part));
}

/** Takes off a link what its receiver has meanwhile written itself. */
function unnote(work: Work, key: LinkKey, entity: EntityKey, marks: Marks): void {
  const link = work.next.links.get(key);
  const noted = link?.pending.get(entity);
  if (!link || noted === undefined) return;
  const left = withoutMarks(noted, marks);
  setLink(work, key, {
    ...link,
    pending: left.length === 0 ? link.pending.delete(entity) : link.pending.set(entity, left),
  });
}

/** Notes parts of an entity on a link. */
export function note(work: Work, key: LinkKey, entity: EntityKey, marks: Marks): void {
  const link = work.next.links.get(key);
  if (!link) return;
  setLink(work, key, { ...link, pending: link.pending.set(entity, joinMarks(link.pending.get(entity), marks)) });
  work.next.unsent = work.next.unsent.set(key, true);
}

export function setLink(work: Work, key: LinkKey, link: Link): void {
  work.next.links = work.next.links.set(key, link);
  if (link.inherit || link.pending.size > 0) work.next.unsent = work.next.unsent.set(key, true);
}
