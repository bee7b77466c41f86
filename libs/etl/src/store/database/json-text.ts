/** Half a surrogate pair and NUL, as JSON escapes them, with any other escape so that pairs of backslashes stay in step. */
const ESCAPES = /\\(?:(u0000|u[dD][89a-fA-F][0-9a-fA-F]{2})|.)/g;

/** JSON that PostgreSQL takes: it has no NUL in texts and no half surrogate pairs; U+FFFD stands in for both. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(ESCAPES, (escape, refused: string | undefined) => (refused === undefined ? escape : '\\ufffd'));
}
