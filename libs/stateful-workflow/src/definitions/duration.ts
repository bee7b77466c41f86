import { invalid } from './entity.js';

/** A length of time: milliseconds, or `500ms`, `30s`, `15m`, `6h`, `1d`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A duration in milliseconds.
 * @throws CodedError STATEFUL_DEFINITION_INVALID
 */
export function milliseconds(duration: Duration): number {
  if (typeof duration === 'number' && Number.isFinite(duration) && duration >= 0) return duration;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration)) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (amount === undefined || factor === undefined)
    throw invalid(`Duration "${duration}"`, 'milliseconds, or a number with ms, s, m, h or d');
  return Number(amount) * factor;
}
