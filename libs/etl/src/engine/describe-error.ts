import { UNEXPECTED_ERROR, isCodedError } from '@tributary/common';
import { wellFormed } from './well-formed.js';

const LONGEST = 1_000;

/** Code and message of what a source has thrown, short enough for the ledger and the report. */
export function describeError(error: unknown, scrub: (text: string) => string): { readonly code: string; readonly message: string } {
  const { code, message } = isCodedError(error) ? error : UNEXPECTED_ERROR({ message: `${nameOf(error)}${wordsOf(error)} at ${placeOf(error)}` });
  return { code, message: shorten(scrub(message)) };
}

/** Kind of an error; with the system's code, where there is one along its causes. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const { code } = cause as Error & { code?: unknown };
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return `${error.name} (${code})`;
  }
  return error.name;
}

/** Where an error arose: function, file and line of the topmost frame. */
export function placeOf(error: unknown): string {
  const frame = error instanceof Error ? /^\s*at (.*)$/m.exec(error.stack ?? '')?.[1] : undefined;
  return frame?.replace(/(?:file:\/\/)?[^\s(]*[\\/](?=[^\\/]+$)/, '') ?? 'an unknown place';
}

/** A parser's message quotes what it parsed, which may be what people wrote. */
function wordsOf(error: unknown): string {
  return error instanceof Error && !(error instanceof SyntaxError) ? `: ${error.message}` : '';
}

function shorten(text: string): string {
  return wellFormed(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
