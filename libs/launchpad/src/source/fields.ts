import { LAUNCHPAD_LINK_REDACTED, readable, type Readable } from '@tributary/clients/launchpad';
import { personOf } from '@tributary/transformers/launchpad';

/** Some fields of a resource, without those that were withheld, and with texts that can be kept: what a transformer takes. */
export function fields<T extends object>(resource: object, names: readonly (keyof T & string)[]): T {
  const values = resource as Readonly<Record<string, unknown>>;
  const kept = names.flatMap((name) => {
    const value = readable(values[name]);
    return value === undefined ? [] : [[name, storable(value)] as const];
  });
  return Object.fromEntries(kept) as T;
}

/** What no database keeps in a text: U+0000, and halves of surrogate pairs. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNSTORABLE, '\ufffd');
  return Array.isArray(value) ? value.map(storable) : value;
}

/** A link for a payload; null when it is withheld, so that only what it leads to is lost. */
export function linkOrNull(resource: object, name: string): string | null {
  const value = readable((resource as Readonly<Record<string, unknown>>)[name]);
  return typeof value === 'string' ? value : null;
}

/**
 * A link that has to be followed.
 * @throws CodedError LAUNCHPAD_LINK_REDACTED, with outcome `private`
 */
export function linkIn(resource: object, name: string): string {
  const link = linkOrNull(resource, name);
  if (link === null) throw LAUNCHPAD_LINK_REDACTED({ outcome: 'private', field: name });
  return link;
}

/** A text that is there and may be read. */
export function textOf(value: Readable<string | null> | undefined): string | undefined {
  return (value === undefined ? undefined : readable(value)) ?? undefined;
}

/** Last part of a link: `1` of `…/bugs/1`. */
export function lastPart(link: string): string {
  return decodeURIComponent(link.slice(link.lastIndexOf('/') + 1));
}

/** Name in the link of a person or team, as events have it: `alice` of `…/~alice`. */
export function nameIn(link: string | undefined): string | undefined {
  return link === undefined ? undefined : personOf(link);
}
