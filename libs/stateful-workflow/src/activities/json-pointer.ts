import { isObject } from '../json.js';

/** The value at a JSON pointer (RFC 6901): `/data/items`, or empty for the whole; undefined when there is none. */
export function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  let here = value;
  for (const part of pointer.slice(1).split('/')) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(here)) here = /^\d+$/.test(name) ? (here as unknown[])[Number(name)] : undefined;
    else here = isObject(here) && Object.hasOwn(here, name) ? here[name] : undefined;
  }
  return here;
}
