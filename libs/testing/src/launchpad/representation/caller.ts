import type { Person } from '../world/entities.js';

export const ACCESS_LEVELS = [
  'UNAUTHORIZED',
  'READ_PUBLIC',
  'WRITE_PUBLIC',
  'READ_PRIVATE',
  'WRITE_PRIVATE',
  'DESKTOP_INTEGRATION',
] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** On whose behalf a request is made. */
export interface Caller {
  /** Undefined: anonymous. */
  readonly person: Person | undefined;
  /** Whether the token reaches what is private. */
  readonly seesPrivate: boolean;
  /** Whether everything is open, as to an administrator of Launchpad. */
  readonly admin: boolean;
}

export const ANONYMOUS: Caller = { person: undefined, seesPrivate: false, admin: false };

const PRIVATE_LEVELS: ReadonlySet<AccessLevel> = new Set<AccessLevel>([
  'READ_PRIVATE',
  'WRITE_PRIVATE',
  'DESKTOP_INTEGRATION',
]);

export function callerOf(person: Person, level: AccessLevel, admin: boolean): Caller {
  const seesPrivate = PRIVATE_LEVELS.has(level);
  return { person, seesPrivate, admin: admin && seesPrivate };
}
