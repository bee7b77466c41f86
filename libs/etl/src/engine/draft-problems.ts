import type { EventDraft } from '@tributary/workflow-contracts/etl';
import { isWellFormed } from './well-formed.js';

/** What PostgreSQL cannot keep in a text or in JSON. */
const NUL = '\u0000';

const DEEPEST = 50;

/** Of what indexes hold. */
const LONGEST = 500;

/** What is wrong with a draft, apart from its time: it comes from a source's transform, at run time unchecked. */
export function draftProblems(draft: EventDraft): string[] {
  const problems: string[] = [];
  for (const field of ['id', 'parentId', 'type'] as const) {
    const value: unknown = draft[field];
    if (typeof value !== 'string' || value === '') problems.push(`${field} is not a text with content`);
    else if (value.length > LONGEST) problems.push(`${field} is longer than ${LONGEST} characters`);
  }
  if (typeof draft.time !== 'string') problems.push('time is not a text');
  if (!isNameOrNull(draft.actor)) problems.push('actor is neither a name nor null');
  if (!isPlainObject(draft.properties)) problems.push('properties is not an object');
  for (const [property, names] of Object.entries(draft.people ?? {})) {
    const list: readonly unknown[] = Array.isArray(names) ? (names as unknown[]) : [names];
    if (!list.every(isNameOrNull)) problems.push(`people.${property} is neither a name, a list of names, nor null`);
  }
  const unfit = unfitText(draft, 0);
  if (unfit !== undefined) problems.push(unfit);
  return problems;
}

function isNameOrNull(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value !== '');
}

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Why a value somewhere in it cannot be stored as it is. The value itself is not told: it may be what people wrote. */
function unfitText(value: unknown, depth: number): string | undefined {
  if (depth > DEEPEST) return `it is nested deeper than ${DEEPEST} levels`;
  if (typeof value === 'string') {
    if (value.includes(NUL)) return 'it holds the character U+0000, which PostgreSQL cannot keep';
    return isWellFormed(value) ? undefined : 'it holds half of a surrogate pair, which is no Unicode';
  }
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'it holds a number that JSON does not have';
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return `it holds a ${typeof value}, which JSON does not have`;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, part] of Object.entries(value)) {
    const unfit = unfitText(name, depth + 1) ?? unfitText(part, depth + 1);
    if (unfit !== undefined) return unfit;
  }
  return undefined;
}
