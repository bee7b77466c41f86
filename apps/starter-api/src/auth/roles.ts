/** What callers may do, each role all of the ones before: look, start and stop, change what is kept. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whether `text` names a role. */
export function isRole(text: unknown): text is Role {
  return ROLES.includes(text as Role);
}

/** Whether somebody of role `has` may do what needs role `needed`. */
export function includesRole(has: Role, needed: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needed);
}

/** The one of several roles that may do the most; undefined of none. */
export function highestRole(roles: readonly Role[]): Role | undefined {
  return ROLES.findLast((role) => roles.includes(role));
}
