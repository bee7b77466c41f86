import type { Model } from '../definitions/entity.js';
import { isField } from '../definitions/entity.js';
import type { Migration } from '../definitions/workflow.js';
import type { Json } from '../json.js';
import { fieldAt } from '../state/paths.js';
import { relationAt, shapeOf, keyOf } from '../state/patch.js';
import { PersistentMap } from '../state/persistent-map.js';
import { isMember, membershipStamp, type EntityRecord, type Membership, type Register } from '../state/record.js';
import type { Stamp } from '../state/stamp.js';
import { edgeOf, type Grave, type Store } from '../state/store.js';

/** An entity as it is carried. Stamps are given by their place in the list of stamps. */
export interface CarriedEntity {
  readonly id: string;
  readonly put: number;
  readonly dead: number;
  readonly values: Readonly<Record<string, Json>>;
  /** When each path was written; one number when all were written at once. Paths without a value were unset. */
  readonly written: number | Readonly<Record<string, number>>;
  /** By relation and stamp: who joined, and who left. */
  readonly joined?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly left?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface CarriedStore {
  readonly stamps: readonly Stamp[];
  readonly entities: Readonly<Record<string, readonly CarriedEntity[]>>;
  readonly graves: readonly {
    readonly key: string;
    readonly member?: readonly [string, string];
    readonly stamp: number;
  }[];
}

type Groups = Record<string, Record<string, string[]>>;

/** A store as JSON holds it: each stamp once. */
export function carryStore(store: Store): CarriedStore {
  const stamps: Stamp[] = [];
  const places = new Map<Stamp, number>();
  const place = (stamp: Stamp): number => {
    const known = places.get(stamp);
    if (known !== undefined) return known;
    places.set(stamp, stamps.length);
    return stamps.push(stamp) - 1;
  };
  const entities = Object.fromEntries(
    Object.entries(store.tables).map(([type, table]) => [
      type,
      [...table.entries()].map(([id, record]) => carryEntity(id, record, place)),
    ]),
  );
  const graves = store.graves.map(({ stamp, ...grave }) => ({ ...grave, stamp: place(stamp) }));
  return { stamps, entities, graves };
}

function carryEntity(
  id: string,
  { put, dead, fields, rels }: EntityRecord,
  place: (stamp: Stamp) => number,
): CarriedEntity {
  const values: Record<string, Json> = {};
  const written: Record<string, number> = {};
  for (const [path, { value, stamp }] of Object.entries(fields)) {
    written[path] = place(stamp);
    if (value !== undefined) values[path] = value;
  }
  const joined: Groups = {};
  const left: Groups = {};
  for (const [relation, members] of Object.entries(rels)) {
    for (const [member, membership] of members.entries()) {
      const group = ((isMember(membership) ? joined : left)[relation] ??= {});
      (group[place(membershipStamp(membership))] ??= []).push(member);
    }
  }
  const [first, ...others] = Object.values(written);
  const isOne =
    first !== undefined &&
    others.every((stamp) => stamp === first) &&
    Object.keys(values).length === Object.keys(written).length;
  return {
    id,
    put: place(put),
    dead: place(dead),
    values,
    written: isOne ? first : written,
    ...(Object.keys(joined).length > 0 && { joined }),
    ...(Object.keys(left).length > 0 && { left }),
  };
}

/** A store from what was carried, brought up to date by migrations. What the model does not know any more is left behind. */
export function restoreStore(model: Model, carried: CarriedStore, migrations: readonly Migration[]): Store {
  const stamp = (place: number | undefined): Stamp => (place === undefined ? '' : (carried.stamps[place] ?? ''));
  const tables: Record<string, PersistentMap<EntityRecord>> = {};
  for (const type of Object.keys(model.entities)) {
    const entities = (carried.entities[type] ?? []).flatMap((entity) =>
      restoreEntity(model, type, entity, migrations, stamp),
    );
    tables[type] = PersistentMap.of(entities);
  }
  const graves = carried.graves.map(({ stamp: place, ...grave }): Grave => ({ ...grave, stamp: stamp(place) }));
  return { tables, edges: edgesOf(model, tables), graves };
}

function restoreEntity(
  model: Model,
  type: string,
  entity: CarriedEntity,
  migrations: readonly Migration[],
  stamp: (place: number | undefined) => Stamp,
): [string, EntityRecord][] {
  const shape = shapeOf(model, type);
  if (!shape) return [];
  let values: Readonly<Record<string, Json>> | undefined = entity.values;
  for (const migration of migrations) {
    const migrate = migration[type];
    if (migrate && values) values = migrate({ id: entity.id, values });
  }
  if (!values) return [];
  const known =
    typeof entity.written === 'number'
      ? Object.fromEntries(Object.keys(entity.values).map((path) => [path, entity.written as number]))
      : entity.written;
  const fields: Record<string, Register> = {};
  const isPath = (path: string): boolean =>
    relationAt(shape, path)?.relation === 'one' || fieldAt(shape, path) !== undefined;
  for (const [path, place] of Object.entries(known))
    if (isPath(path) && !(path in entity.values)) fields[path] = { stamp: stamp(place) };
  for (const [path, value] of Object.entries(values))
    if (isPath(path)) fields[path] = { value, stamp: stamp(known[path] ?? entity.put) };
  const rels: Record<string, PersistentMap<Membership>> = {};
  for (const [sign, groups] of [
    ['+', entity.joined],
    ['-', entity.left],
  ] as const) {
    for (const [relation, byStamp] of Object.entries(groups ?? {})) {
      if (relationAt(shape, relation)?.relation !== 'many') continue;
      let members = rels[relation] ?? PersistentMap.empty<Membership>();
      for (const [place, ids] of Object.entries(byStamp))
        for (const id of ids) members = members.set(id, `${sign}${stamp(Number(place))}`);
      rels[relation] = members;
    }
  }
  return [[entity.id, { put: stamp(entity.put), dead: stamp(entity.dead), fields, rels }]];
}

function edgesOf(model: Model, tables: Readonly<Record<string, PersistentMap<EntityRecord>>>): Store['edges'] {
  let edges: Store['edges'] = PersistentMap.empty();
  const link = (target: string, id: string, edge: string): void => {
    const key = keyOf({ type: target, id });
    edges = edges.set(key, (edges.get(key) ?? PersistentMap.empty<true>()).set(edge, true));
  };
  for (const [type, table] of Object.entries(tables)) {
    for (const [name, part] of Object.entries(shapeOf(model, type) ?? {})) {
      if (isField(part)) continue;
      for (const [id, record] of table.entries()) {
        const value = record.fields[name]?.value;
        if (part.relation === 'one' && typeof value === 'string') link(part.target, value, edgeOf(type, name, id));
        for (const [member, membership] of record.rels[name]?.entries() ?? [])
          if (isMember(membership)) link(part.target, member, edgeOf(type, name, id));
      }
    }
  }
  return edges;
}
