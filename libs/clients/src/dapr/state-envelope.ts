import { isUint8Array } from 'node:util/types';
import { STATE_VALUE_INVALID } from './errors.js';

/** Version of the stored form; a reader refuses any other. */
const VERSION = 1;
const BYTES = '$bytes';

/**
 * The stored form of a state value: JSON `{"v":1,"value":…}`, so that every store keeps the same bytes whatever it does
 * to bare strings or numbers. A Uint8Array is `{"$bytes":"<base64>"}`; an own key that begins with `$` gets one more `$`.
 * Properties that are undefined are left out, as JSON does.
 * @throws CodedError STATE_VALUE_INVALID for what JSON would change in silence
 */
export function encodeState(key: string, value: unknown): Uint8Array {
  const encoded = encodeValue(value, '$', { key, ancestors: new Set() });
  return Buffer.from(JSON.stringify({ v: VERSION, value: encoded }));
}

/** What `encodeState` stored. @throws Error saying why the bytes are none of ours */
export function decodeState(bytes: Uint8Array): unknown {
  const envelope: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof envelope !== 'object' || envelope === null || !('v' in envelope) || !('value' in envelope)) {
    throw new Error('it has no envelope');
  }
  if (envelope.v !== VERSION) throw new Error(`its envelope has version ${String(envelope.v)}, this reader knows ${VERSION}`);
  return decodeValue(envelope.value);
}

interface Walk {
  readonly key: string;
  readonly ancestors: Set<object>;
}

function encodeValue(value: unknown, path: string, walk: Walk): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (/\p{Surrogate}/u.test(value)) throw refused(walk, path, 'text with a lone surrogate');
    return value;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Object.is(value, -0)) throw refused(walk, path, Object.is(value, -0) ? '-0' : String(value));
    return value;
  }
  if (typeof value !== 'object') throw refused(walk, path, typeof value);
  if (isUint8Array(value)) return { [BYTES]: Buffer.from(value).toString('base64') };
  if (walk.ancestors.has(value)) throw refused(walk, path, 'a reference to its own container');
  if (!Array.isArray(value) && !isPlain(value)) throw refused(walk, path, `a ${value.constructor?.name ?? 'object'}`);
  walk.ancestors.add(value);
  const encoded = Array.isArray(value)
    ? Array.from(value, (item: unknown, index) => encodeValue(item, `${path}[${index}]`, walk))
    : Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([name, item]) => [name.startsWith('$') ? `$${name}` : name, encodeValue(item, `${path}.${name}`, walk)]),
      );
  walk.ancestors.delete(value);
  return encoded;
}

function decodeValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decodeValue);
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === BYTES && typeof first[1] === 'string') {
    return new Uint8Array(Buffer.from(first[1], 'base64'));
  }
  return Object.fromEntries(entries.map(([name, item]) => [name.startsWith('$$') ? name.slice(1) : name, decodeValue(item)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refused({ key }: Walk, path: string, received: string): Error {
  return STATE_VALUE_INVALID({ key, path, received });
}
