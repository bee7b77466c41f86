import type { Model } from '../definitions/entity.js';
import type { Selector } from '../definitions/parts.js';
import { shapeOf, type Patch } from './patch.js';

/** A selector that has been read: by type, the fields it names, or all of them. */
export type Selection = Readonly<Record<string, ReadonlySet<string> | 'all'>> | 'everything';

/** What is wrong with a selector as data; undefined when nothing is. */
export function selectorProblem(model: Model, selector: unknown): string | undefined {
  if (!Array.isArray(selector) || selector.length === 0 || selector.length > 100)
    return 'a selector is no list of 1 to 100 patterns';
  for (const pattern of selector) {
    if (pattern === '*') continue;
    const [type, field, rest] = typeof pattern === 'string' ? pattern.split('.') : [];
    const shape = type === undefined ? undefined : shapeOf(model, type);
    if (!shape || rest !== undefined)
      return `a pattern is not one of *, <Type>, <Type>.<field>; types: ${Object.keys(model.entities).join(', ')}`;
    if (field !== undefined && !Object.hasOwn(shape, field))
      return `${type} has no field as the pattern names; allowed: ${Object.keys(shape).join(', ')}`;
  }
  return undefined;
}

export function select(selector: Selector | undefined): Selection {
  if (selector === undefined || selector.includes('*')) return 'everything';
  const selection: Record<string, Set<string> | 'all'> = {};
  for (const pattern of selector) {
    const [type = '', field] = pattern.split('.');
    const known = selection[type];
    if (field === undefined) selection[type] = 'all';
    else if (known === undefined) selection[type] = new Set([field]);
    else if (known !== 'all') known.add(field);
  }
  return selection;
}

/** Whether anything of a type is selected. */
export function selectsType(selection: Selection, type: string): boolean {
  return selection === 'everything' || selection[type] !== undefined;
}

/** The part of a patch that is selected; that an entity exists or is gone is told with any of its fields. */
export function selected(selection: Selection, patch: Patch): Patch | undefined {
  if (selection === 'everything') return patch;
  const fields = selection[patch.type];
  if (fields === undefined || fields === 'all') return fields && patch;
  const { set, unset, rel, ...rest } = patch;
  const isSelected = (path: string): boolean => fields.has(path.split('.', 1)[0] ?? path);
  const parts = {
    set: Object.entries(set ?? {}).filter(([path]) => isSelected(path)),
    unset: (unset ?? []).filter(isSelected),
    rel: Object.entries(rel ?? {}).filter(([name]) => isSelected(name)),
  };
  if (!patch.put && !patch.delete && parts.set.length + parts.unset.length + parts.rel.length === 0) return undefined;
  return {
    ...rest,
    ...(parts.set.length > 0 && { set: Object.fromEntries(parts.set) }),
    ...(parts.unset.length > 0 && { unset: parts.unset }),
    ...(parts.rel.length > 0 && { rel: Object.fromEntries(parts.rel) }),
  };
}
