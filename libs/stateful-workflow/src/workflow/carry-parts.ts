import { payloadBytes, PAYLOAD_LIMIT_BYTES } from '@tributary/common';
import type { Carry } from '../carry/carry.js';
import { pack, unpack } from '../packing/pack.js';
import type { ContinuedStart } from './contract.js';
import { STATEFUL_CARRY_TOO_LARGE } from './errors.js';

/** Temporal takes 2 MB of arguments; the rest is room for what encryption and JSON add. */
const CARRY_LIMIT_BYTES = 1_700_000;
/** Of base64, which takes a byte for each character, and two quotation marks. */
const PART = PAYLOAD_LIMIT_BYTES - 2;

/**
 * A state as arguments of the next run: as it is, or packed and in parts, each below the limit of a payload.
 * @throws CodedError STATEFUL_CARRY_TOO_LARGE
 */
export function toArguments(carry: Carry, shell: ContinuedStart['shell']): [ContinuedStart, ...string[]] {
  const whole: ContinuedStart = { continued: { carry }, shell };
  if (payloadBytes(whole) <= PAYLOAD_LIMIT_BYTES) return [whole];
  const packed = pack(carry);
  if (packed.length > CARRY_LIMIT_BYTES) throw STATEFUL_CARRY_TOO_LARGE({ workflow: carry.self.workflow, bytes: packed.length, limit: CARRY_LIMIT_BYTES });
  const parts = Array.from({ length: Math.ceil(packed.length / PART) }, (_, index) => packed.slice(index * PART, (index + 1) * PART));
  return [{ continued: { parts: parts.length }, shell }, ...parts];
}

/** The state that `toArguments` was given. */
export function fromArguments({ continued }: ContinuedStart, parts: readonly string[]): Carry {
  return 'carry' in continued ? continued.carry : unpack(parts.slice(0, continued.parts).join(''));
}
