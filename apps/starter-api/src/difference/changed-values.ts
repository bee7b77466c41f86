import { canonicalJson } from './published-entity.js';

/** An attribute that is not what it was. A side on which it has no value is absent. */
export interface ChangedValue {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
  /** Whether a value is longer than what is shown of it. */
  readonly cut?: true;
}

const SHOWN_MAX = 1_000;

/** Attributes whose values differ, in order of name: texts as they are, everything else as JSON. */
export function changedValues(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): ChangedValue[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (canonicalJson([was]) === canonicalJson([is])) return [];
    const [old, now] = [shown(was), shown(is)];
    const cut = [old, now].some((text) => (text?.length ?? 0) > SHOWN_MAX);
    return [{ name, ...side('before', old), ...side('after', now), ...(cut ? { cut: true as const } : {}) }];
  });
}

function side<S extends 'before' | 'after'>(name: S, text: string | undefined): Partial<Record<S, string>> {
  return text === undefined ? {} : ({ [name]: text.slice(0, SHOWN_MAX) } as Record<S, string>);
}

function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : canonicalJson(value);
}
