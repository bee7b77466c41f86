import type { InputProblem } from '../problems/problem-schema.js';
import { pointerSegment, valueAt } from './json-pointer.js';

const HOLE = '$event';
const POINTER = /^\/(?:(?:id|source|type|subject|time)|data(?:\/(?:[^~/]|~[01])*){0,20})$/;
const ALLOWED = '{"$event": "<JSON pointer>"} with a pointer to /id, /source, /type, /subject, /time, /data or below /data, and nothing beside it';

export interface Filled {
  readonly value: unknown;
  /** Pointer into the event that leads nowhere. */
  readonly missing?: string;
}

/** Places of an input that stand for values of an event, as pointers into the input; and those that are not well-formed. */
export function holesOf(input: unknown): { readonly holes: readonly string[]; readonly problems: readonly InputProblem[] } {
  const holes: string[] = [];
  const problems: InputProblem[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value) && Object.hasOwn(value, HOLE)) {
      if (isHole(value)) holes.push(path);
      else problems.push({ pointer: path, allowed: ALLOWED });
      return;
    }
    for (const [name, part] of Object.entries(value)) walk(part, `${path}/${pointerSegment(name)}`);
  };
  walk(input, '');
  return { holes, problems };
}

/** The input with the values of the event put in where it says so. */
export function fillHoles(input: unknown, event: unknown): Filled {
  let missing: string | undefined;
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isHole(value)) {
      const found = valueAt(event, value[HOLE]);
      if (found === undefined) missing ??= value[HOLE];
      return found;
    }
    if (Array.isArray(value)) return value.map(walk);
    return Object.fromEntries(Object.entries(value).map(([name, part]: [string, unknown]) => [name, walk(part)]));
  };
  const value = walk(input);
  return missing === undefined ? { value } : { value, missing };
}

/** Whether a place is a hole, lies within one, or has one below it, so that what does not fit there may fit an event. */
export function touchesHole(pointer: string, holes: readonly string[]): boolean {
  return holes.some((hole) => hole === pointer || hole.startsWith(pointer === '/' ? '/' : `${pointer}/`) || pointer.startsWith(`${hole}/`));
}

function isHole(value: object): value is { [HOLE]: string } {
  const { [HOLE]: pointer } = value as { [HOLE]?: unknown };
  return Object.hasOwn(value, HOLE) && Object.keys(value).length === 1 && typeof pointer === 'string' && POINTER.test(pointer);
}
