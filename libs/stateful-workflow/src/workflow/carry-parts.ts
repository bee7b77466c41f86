import { payloadBytes, PAYLOAD_LIMIT_BYTES } from '@tributary/common';
import type { Carry } from '../carry/carry.js';
import type { ContinuedStart } from './contract.js';
import { STATEFUL_CARRY_TOO_LARGE } from './errors.js';

/** Temporal takes 2 MB of arguments; the rest is room for what encryption and JSON add. */
const CARRY_LIMIT_BYTES = 1_700_000;

/**
 * A state as arguments of the next run, each below the limit of a payload.
 * @throws CodedError STATEFUL_CARRY_TOO_LARGE
 */
export function toArguments(carry: Carry, shell: ContinuedStart['shell']): [ContinuedStart, ...string[]] {
  const whole: ContinuedStart = { continued: { carry }, shell };
  const bytes = payloadBytes(whole);
  if (bytes <= PAYLOAD_LIMIT_BYTES) return [whole];
  if (bytes > CARRY_LIMIT_BYTES) throw STATEFUL_CARRY_TOO_LARGE({ workflow: carry.self.workflow, bytes, limit: CARRY_LIMIT_BYTES });
  const parts = split(JSON.stringify(carry));
  return [{ continued: { parts: parts.length }, shell }, ...parts];
}

/** The state that `toArguments` took apart. */
export function fromArguments({ continued }: ContinuedStart, parts: readonly string[]): Carry {
  return 'carry' in continued ? continued.carry : (JSON.parse(parts.slice(0, continued.parts).join('')) as Carry);
}

function split(text: string): string[] {
  if (payloadBytes(text) <= PAYLOAD_LIMIT_BYTES) return [text];
  const middle = text.length >> 1;
  return [...split(text.slice(0, middle)), ...split(text.slice(middle))];
}
