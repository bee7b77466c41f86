import type { Json, Unit } from '@tributary/etl';

type Payload = Unit['payload'];

const OF = 'of:';

/** What a unit is read for: anybody's events, or those of some people, each on behalf of a subject. */
export type Behalf = { readonly all: true } | { readonly of: ReadonlyMap<string, string> };

/** As entries of a payload: merged payloads of one unit hold the people of all of them. */
export function behalfPayload(behalf: Behalf): Payload {
  if ('all' in behalf) return { all: true };
  return Object.fromEntries([...behalf.of].map(([name, subject]) => [OF + name, subject]));
}

export function behalfOf(payload: Payload): Behalf {
  if (payload['all'] === true) return { all: true };
  return { of: new Map(entriesOf<string>(payload, OF)) };
}

/** Whether what somebody owns is the run's own. */
export function includes(behalf: Behalf, name: string | undefined): boolean {
  return 'all' in behalf || (name !== undefined && behalf.of.has(name));
}

/** A text of the payload. @throws RangeError when there is none */
export function text(payload: Payload, key: string): string {
  const value = payload[key];
  if (typeof value !== 'string') throw new RangeError(`The payload has no "${key}"`);
  return value;
}

/** Entries of a payload whose keys begin with `prefix`, in order of key. */
export function entriesOf<T>(payload: Payload, prefix: string): readonly (readonly [string, T])[] {
  return Object.keys(payload)
    .filter((key) => key.startsWith(prefix))
    .sort()
    .map((key) => [key.slice(prefix.length), payload[key] as Json as T] as const);
}

const LISTED_AT = 'listedAt';

/** For a unit that carries rows of a listing: when they were read. */
export function listedNow(): Payload {
  return { [LISTED_AT]: Date.now() };
}

/** When the rows that a unit carries were read, as `Page.readAt` wants it; nothing of a unit without rows. */
export function readAtOf(payload: Payload): { readonly readAt?: number } {
  const listedAt = payload[LISTED_AT];
  return typeof listedAt === 'number' ? { readAt: listedAt } : {};
}
