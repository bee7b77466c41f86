import { isField, type EntityShape, type Model, type Relation } from '../definitions/entity.js';
import { problemOf } from '../definitions/validate.js';
import { isObject, type Json } from '../json.js';
import { fieldAt } from './paths.js';
import { isStamp, type Stamp } from './stamp.js';

/** Ids that joined and left a relation. */
export interface RelationChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** What one write changed in one entity. All parts have the same stamp; they take effect where nothing later is known. */
export interface Patch {
  readonly type: string;
  readonly id: string;
  readonly stamp: Stamp;
  /** The entity exists from here on. Without it a patch changes an entity, but brings none back that was deleted. */
  readonly put?: true;
  /** The entity is gone, with all that was written to it before. */
  readonly delete?: true;
  /** Values by path: `name`, `prefs.theme`. A relation to one entity is a path with an id. */
  readonly set?: Readonly<Record<string, Json>>;
  readonly unset?: readonly string[];
  readonly rel?: Readonly<Record<string, RelationChange>>;
  /** The link it came in by; absent for what was written here. Never sent. */
  readonly origin?: string;
}

/** Key of an entity: `Dataset/d1`. Names of types have no slash, so the first one separates. */
export type EntityKey = string;

export function keyOf({ type, id }: { readonly type: string; readonly id: string }): EntityKey {
  return `${type}/${id}`;
}

export function splitKey(key: EntityKey): { readonly type: string; readonly id: string } {
  const at = key.indexOf('/');
  return { type: key.slice(0, at), id: key.slice(at + 1) };
}

/** What a type looks like; undefined for a type that the model does not have. */
export function shapeOf(model: Model, type: string): EntityShape | undefined {
  return Object.hasOwn(model.entities, type) ? model.entities[type]?.shape : undefined;
}

/** The relation of that name; undefined for a field, or for nothing. */
export function relationAt(shape: EntityShape, name: string): Relation | undefined {
  const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
  return part === undefined || isField(part) ? undefined : part;
}

/** What is wrong with a patch from another workflow; undefined when nothing is. */
export function patchProblem(model: Model, patch: unknown): string | undefined {
  if (!isObject(patch)) return 'a patch is no object';
  const { type, id, stamp, set = {}, unset = [], rel = {} } = patch;
  const shape = typeof type === 'string' ? shapeOf(model, type) : undefined;
  if (!shape) return `a patch has a type that is not one of ${Object.keys(model.entities).join(', ')}`;
  const problem = problemOf({ kind: 'key' }, id, `id of a ${String(type)}`);
  if (problem !== undefined) return problem;
  if (!isStamp(stamp)) return 'a patch has no stamp';
  if (!isObject(set) || !isObject(rel) || !isTexts(unset)) return 'set, unset or rel of a patch has the wrong form';
  return (
    setProblem(shape, set) ?? unset.map((path) => pathProblem(shape, path)).find(Boolean) ?? relProblem(shape, rel)
  );
}

function setProblem(shape: EntityShape, set: Readonly<Record<string, unknown>>): string | undefined {
  for (const [path, value] of Object.entries(set)) {
    const field = relationAt(shape, path)?.relation === 'one' ? ({ kind: 'key' } as const) : fieldAt(shape, path);
    if (!field) return `the path ${path} is not defined`;
    const problem = value === undefined ? `${path} is missing` : problemOf(field, value, path);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function pathProblem(shape: EntityShape, path: string): string | undefined {
  const known = relationAt(shape, path)?.relation === 'one' || fieldAt(shape, path) !== undefined;
  return known ? undefined : `the path ${path} is not defined`;
}

function relProblem(shape: EntityShape, rel: Readonly<Record<string, unknown>>): string | undefined {
  for (const [name, change] of Object.entries(rel)) {
    if (relationAt(shape, name)?.relation !== 'many') return `the relation ${name} is not defined`;
    if (!isObject(change) || !isTexts(change['add'] ?? []) || !isTexts(change['remove'] ?? []))
      return `the change of ${name} has the wrong form`;
  }
  return undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
