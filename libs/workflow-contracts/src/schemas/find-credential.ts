import { isSecretRef } from '@tributary/common';
import { isCredentialName, isCredentialShape } from './credential-patterns.js';

interface Step {
  readonly value: unknown;
  readonly path: string;
  /** The value stands under a name such as `password`. */
  readonly named: boolean;
}

/**
 * Finds what looks like a credential in a message: text under a name such as `password` that is no secret reference,
 * `user:password@` in a URL, private keys, tokens of known prefixes.
 * @returns JSON pointer of the first finding in document order, never its value; undefined when there is none
 */
export function findCredential(value: unknown): string | undefined {
  const steps: Step[] = [{ value, path: '', named: false }];
  const seen = new Set<object>();
  // A stack of its own: a hostile message may be nested deeper than calls can be.
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (holdsCredential(step)) return step.path === '' ? '/' : step.path;
    if (typeof step.value !== 'object' || step.value === null || seen.has(step.value)) continue;
    seen.add(step.value);
    const { path, named } = step;
    const isList = Array.isArray(step.value);
    const inner = Object.entries(step.value).map(([name, part]: [string, unknown]): Step | undefined => {
      if (isCredentialShape(name)) return undefined;
      return { value: part, path: `${path}/${pointerSegment(name)}`, named: named || (!isList && isCredentialName(name)) };
    });
    if (inner.includes(undefined)) return `${path}/[name]`;
    for (const next of inner.reverse()) steps.push(next as Step);
  }
  return undefined;
}

function holdsCredential({ value, named }: Step): boolean {
  if (typeof value === 'string') return named ? value !== '' && !isSecretRef(value) : isCredentialShape(value);
  return named && (typeof value === 'number' || typeof value === 'bigint');
}

function pointerSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
