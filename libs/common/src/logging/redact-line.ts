import type { SecretScrubber } from '../secret-scrubber.js';
import { isSecretRef } from '../secret-ref.js';

const REDACTED = '[secret]';
const ENDINGS =
  'password|passwd|passphrase|pwd|secret|token|authorization|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|cookie|connection[-_]?string';
const SENSITIVE_KEY = new RegExp(`(?:${ENDINGS})$`, 'i');
const SENSITIVE_LINE = new RegExp(`(?:${ENDINGS})\\\\?":`, 'i');

/**
 * A line of JSON without secrets: neither the values that the scrubber knows, wherever they stand, nor what stands
 * under a key such as `password`, `token` or `authorization`, at any depth. What comes out is JSON again.
 */
export function redactLine(line: string, scrubber: SecretScrubber): string {
  const scrubbed = scrubber.scrub(line);
  // Nearly every line ends here; only the rest pays for being parsed.
  if (scrubbed === line && !SENSITIVE_LINE.test(line)) return line;
  try {
    return `${JSON.stringify(redact(JSON.parse(line), scrubber))}\n`;
  } catch {
    return scrubbed; // Not JSON. Without secrets matters more than well-formed.
  }
}

function redact(value: unknown, scrubber: SecretScrubber): unknown {
  if (typeof value === 'string') return scrubber.scrub(value);
  if (typeof value === 'number') return scrubber.scrub(String(value)) === String(value) ? value : REDACTED;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redact(item, scrubber));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      scrubber.scrub(key),
      SENSITIVE_KEY.test(key) && !isHarmless(item) ? REDACTED : redact(item, scrubber),
    ]),
  );
}

/** References say where a secret is, booleans and null whether there is one. */
function isHarmless(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || isSecretRef(value);
}
