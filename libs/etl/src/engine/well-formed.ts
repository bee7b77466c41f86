/** With the flag `u` a surrogate matches only where its other half is missing. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Whether a text is Unicode: no half of a surrogate pair stands alone. */
export function isWellFormed(text: string): boolean {
  return text.search(LONE_SURROGATE) === -1;
}

/** `text` with U+FFFD for halves of surrogate pairs, as cutting a text leaves them. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}
