import { highestRole, isRole, type Role } from '../roles.js';

export interface RoleSettings {
  /** Claim that has the roles: its name, or the path to it with dots. */
  readonly rolesClaim: string;
  /** Role by value of the claim; undefined where the values are the roles' own names. */
  readonly roleMap: ReadonlyMap<string, Role> | undefined;
}

/** The role that may do the most of those that a token gives; undefined when it gives none. */
export function roleOfClaims(claims: object, { rolesClaim, roleMap }: RoleSettings): Role | undefined {
  const roles = valuesAt(claims, rolesClaim).map((value) => (roleMap ? roleMap.get(value) : isRole(value) ? value : undefined));
  return highestRole(roles.filter((role) => role !== undefined));
}

/** The texts of a list, or the words of a text, as claims such as `scope` have them. */
function valuesAt(claims: object, path: string): readonly string[] {
  const value = own(claims, path) ?? path.split('.').reduce<unknown>(own, claims);
  if (typeof value === 'string') return value.split(/\s+/).filter(Boolean);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function own(part: unknown, name: string): unknown {
  return typeof part === 'object' && part !== null && Object.hasOwn(part, name) ? (part as Record<string, unknown>)[name] : undefined;
}
