import type { Json } from '../json.js';
import type { Path } from './paths.js';
import { PersistentMap } from './persistent-map.js';
import type { Stamp } from './stamp.js';

/** The latest write to a path. Without a value the path was unset; the stamp stays, so that no earlier write returns. */
export interface Register {
  readonly value?: Json;
  readonly stamp: Stamp;
}

/** Whether an id is in a relation, and since when: `+` or `-` and a stamp. */
export type Membership = `${'+' | '-'}${Stamp}`;

/** An entity as it is kept. Everything in `fields` and `rels` is later than `dead`. */
export interface EntityRecord {
  /** Latest creation; empty when none is known. */
  readonly put: Stamp;
  /** Latest deletion; empty when none is known. */
  readonly dead: Stamp;
  readonly fields: Readonly<Record<Path, Register>>;
  readonly rels: Readonly<Record<string, PersistentMap<Membership>>>;
}

export const NO_RECORD: EntityRecord = { put: '', dead: '', fields: {}, rels: {} };

export function isAlive(record: EntityRecord | undefined): record is EntityRecord {
  return record !== undefined && record.put > record.dead;
}

export function membershipStamp(membership: Membership): Stamp {
  return membership.slice(1);
}

export function isMember(membership: Membership | undefined): boolean {
  return membership?.startsWith('+') ?? false;
}

export function membersOf(record: EntityRecord, relation: string): PersistentMap<Membership> {
  return record.rels[relation] ?? PersistentMap.empty();
}
