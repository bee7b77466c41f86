import { PAYLOAD_TOO_LARGE } from './errors.js';
import { utf8Length } from './utf8.js';

/** Largest payload that may travel through Temporal: 200 KiB, below the 256 KiB from which Temporal itself warns. */
export const PAYLOAD_LIMIT_BYTES = 200 * 1024;

/** Where a payload is used, as its error names it. */
export interface PayloadPlace {
  /** Workflow type. */
  readonly workflow: string;
  /** What the payload is to it: `result`, `argument 1 of activity loadRows`. */
  readonly field: string;
}

/**
 * Size of `value` as a payload, in bytes: of its JSON in UTF-8, or of the bytes of a Uint8Array. 0 for undefined, and
 * for what JSON cannot hold, which the payload converter refuses by itself.
 */
export function payloadBytes(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  try {
    const json: string | undefined = JSON.stringify(value);
    return utf8Length(json ?? '');
  } catch {
    return 0;
  }
}

/**
 * Fails a payload that is too large before Temporal does, which would retry it for ever.
 * @throws CodedError PAYLOAD_TOO_LARGE, naming the workflow, the field and its largest part
 */
export function assertPayloadSize(value: unknown, { workflow, field }: PayloadPlace): void {
  const bytes = payloadBytes(value);
  if (bytes <= PAYLOAD_LIMIT_BYTES) return;
  throw PAYLOAD_TOO_LARGE({ bytes, field, workflow, largest: largestPart(value, field), limit: PAYLOAD_LIMIT_BYTES });
}

/** Path and size of the deepest part that alone makes up more than half of what holds it: `result.tables (310000 bytes)`. */
function largestPart(value: unknown, field: string): string {
  let path = field;
  let whole = value;
  let bytes = payloadBytes(value);
  while (typeof whole === 'object' && whole !== null && !(whole instanceof Uint8Array)) {
    const isList = Array.isArray(whole);
    let best: { key: string; value: unknown; bytes: number } | undefined;
    for (const [key, part] of Object.entries(whole)) {
      const size = payloadBytes(part);
      if (size > (best?.bytes ?? bytes / 2)) best = { key, value: part, bytes: size };
    }
    if (!best) return `${path} (${bytes} bytes${isList ? ` in ${(whole as unknown[]).length} items` : ''})`;
    path += isList ? `[${best.key}]` : `.${best.key}`;
    ({ value: whole, bytes } = best);
  }
  return `${path} (${bytes} bytes)`;
}
