import { REDACTED, REDACTION_TAG } from './redacted.js';

/** Puts `REDACTED` in place of Launchpad's tag everywhere in parsed JSON, which it changes and returns. */
export function markRedacted(value: unknown): unknown {
  if (value === REDACTION_TAG) return REDACTED;
  if (typeof value === 'object' && value !== null) {
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      const each = holder[key];
      if (each === REDACTION_TAG) holder[key] = REDACTED;
      else if (typeof each === 'object') markRedacted(each);
    }
  }
  return value;
}
