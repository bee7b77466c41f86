import { utf8Bytes } from './utf8.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * How `text` looks within base64 of something larger, in both alphabets. What stands before it shifts it by 0, 1 or 2
 * bytes; of each of these the characters are given that depend on `text` alone.
 */
export function base64Forms(text: string): string[] {
  const bytes = utf8Bytes(text);
  const standard = [0, 1, 2].map((shift) => alignedBase64(bytes, shift));
  return [...standard, ...standard.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function alignedBase64(bytes: readonly number[], shift: number): string {
  const bitAt = (bit: number): number => ((bytes[(bit >> 3) - shift] ?? 0) >> (7 - (bit & 7))) & 1;
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  let form = '';
  for (let index = first; index < last; index++) {
    let sextet = 0;
    for (let bit = index * 6; bit < index * 6 + 6; bit++) sextet = (sextet << 1) | bitAt(bit);
    form += ALPHABET.charAt(sextet);
  }
  return form;
}
