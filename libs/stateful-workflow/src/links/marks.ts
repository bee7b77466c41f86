import type { Json } from '../json.js';
import type { Patch, RelationChange } from '../state/patch.js';
import { isMember, membershipStamp, type EntityRecord } from '../state/record.js';
import type { Stamp } from '../state/stamp.js';

/**
 * Which parts of an entity are to be told: `put`, `dead`, `f:<path>`, `r:<relation>/<id>`, in order; or all of it.
 */
export type Marks = readonly string[] | 'all';

export function marksOf({ put, delete: dead, set, unset, rel }: Patch): Marks {
  const marks = [
    ...(put ? ['put'] : []),
    ...(dead ? ['dead'] : []),
    ...Object.keys(set ?? {}).map((path) => `f:${path}`),
    ...(unset ?? []).map((path) => `f:${path}`),
  ];
  for (const [relation, { add = [], remove = [] }] of Object.entries(rel ?? {})) {
    for (const id of [...add, ...remove]) marks.push(`r:${relation}/${id}`);
  }
  return marks.sort();
}

export function joinMarks(a: Marks | undefined, b: Marks): Marks {
  if (a === undefined) return b;
  return a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])].sort();
}

/** The marks of `a` that are not in `b`. */
export function withoutMarks(a: Marks, b: Marks): Marks {
  return a === 'all' || b === 'all' ? a : a.filter((mark) => !b.includes(mark));
}

type Open = { -readonly [K in keyof Patch]: Patch[K] } & {
  set?: Record<string, Json>;
  rel?: Record<string, { add?: string[]; remove?: string[] } & RelationChange>;
};

/** The patches that tell the marked parts of an entity as they are now: one for each stamp. */
export function patchesFor(type: string, id: string, record: EntityRecord, marks: Marks): Patch[] {
  const byStamp = new Map<Stamp, Open>();
  const at = (stamp: Stamp): Open => {
    const known = byStamp.get(stamp);
    if (known) return known;
    const patch: Open = { type, id, stamp };
    byStamp.set(stamp, patch);
    return patch;
  };
  for (const mark of listMarks(record, marks)) {
    if (mark === 'put') {
      if (record.put !== '') at(record.put).put = true;
    } else if (mark === 'dead') {
      if (record.dead !== '') at(record.dead).delete = true;
    } else if (mark.startsWith('f:')) {
      tellField(at, record, mark.slice(2));
    } else tellMember(at, record, mark.slice(2));
  }
  return [...byStamp.values()];
}

function tellField(at: (stamp: Stamp) => Open, record: EntityRecord, path: string): void {
  const register = record.fields[path];
  if (!register) return;
  const patch = at(register.stamp);
  if (register.value === undefined) patch.unset = [...(patch.unset ?? []), path];
  else patch.set = Object.assign(patch.set ?? {}, { [path]: register.value });
}

function tellMember(at: (stamp: Stamp) => Open, record: EntityRecord, edge: string): void {
  const [relation, id] = splitOnce(edge, '/');
  const membership = record.rels[relation]?.get(id);
  if (!membership) return;
  const patch = at(membershipStamp(membership));
  const change = ((patch.rel ??= {})[relation] ??= {});
  if (isMember(membership)) (change.add ??= []).push(id);
  else (change.remove ??= []).push(id);
}

/** The marks of what has been written to an entity, without what `told` has already: by mark and stamp. */
export function untold(record: EntityRecord, told: (mark: string, stamp: Stamp) => boolean): Marks {
  return allMarks(record).filter((mark) => {
    const stamp = stampAt(record, mark);
    return stamp !== '' && !told(mark, stamp);
  });
}

/** When a part of an entity was written; empty when it never was. */
export function stampAt(record: EntityRecord, mark: string): Stamp {
  if (mark === 'put') return record.put;
  if (mark === 'dead') return record.dead;
  if (mark.startsWith('f:')) return record.fields[mark.slice(2)]?.stamp ?? '';
  const [relation, id] = splitOnce(mark.slice(2), '/');
  const membership = record.rels[relation]?.get(id);
  return membership ? membershipStamp(membership) : '';
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Marks one by one. */
export function listMarks(record: EntityRecord, marks: Marks): readonly string[] {
  return marks === 'all' ? allMarks(record) : marks;
}

function allMarks(record: EntityRecord): string[] {
  const marks = ['put', 'dead', ...Object.keys(record.fields).map((path) => `f:${path}`)];
  for (const [relation, members] of Object.entries(record.rels))
    for (const id of members.keys()) marks.push(`r:${relation}/${id}`);
  return marks;
}
