import { AUTH_SETTINGS_INVALID } from '../errors.js';
import { isRole, ROLES, type Role } from '../roles.js';

/** Reads TRIBUTARY_OIDC_ROLE_MAP: `value=role`, separated by commas. @throws AUTH_SETTINGS_INVALID */
export function parseRoleMap(text: string): ReadonlyMap<string, Role> {
  return new Map(text.split(',').map((pair) => parsePair(pair.trim())));
}

function parsePair(pair: string): [string, Role] {
  // A value may hold "=", as the name of a group of a directory does.
  const at = pair.lastIndexOf('=');
  const role = pair.slice(at + 1);
  if (at > 0 && isRole(role)) return [pair.slice(0, at), role];
  throw AUTH_SETTINGS_INVALID({
    variable: 'TRIBUTARY_OIDC_ROLE_MAP',
    problem: `${JSON.stringify(pair.slice(0, 100))} is not a value of the claim, "=" and one of ${ROLES.join(', ')}`,
    advice: 'Write for example tributary-admins=admin,data-team=operator.',
  });
}
