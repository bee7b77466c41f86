/**
 * Stands in place of a value that the signed-in user may not read. Being a symbol, it vanishes from JSON and cannot be
 * put into a text by accident.
 */
export const REDACTED: unique symbol = Symbol.for('tributary.launchpad.redacted');

export type Redacted = typeof REDACTED;

/** A field that Launchpad may withhold. */
export type Readable<V> = V | Redacted;

/** What Launchpad sends in place of a value, also in links. */
export const REDACTION_TAG = 'tag:launchpad.net:2008:redacted';

export function isRedacted(value: unknown): value is Redacted {
  return value === REDACTED;
}

/** The value, or undefined when it is withheld. */
export function readable<V>(value: Readable<V>): V | undefined {
  return value === REDACTED ? undefined : value;
}
