import { Secret } from '@tributary/common';
import { apiKeyEntry, parseApiKeys } from '../auth/api-keys.js';
import type { AccessControl } from '../auth/authenticate.js';
import { ROLES, type Role } from '../auth/roles.js';

const keyOf = (letter: string): string => `trib_${letter.repeat(43)}`;

/** Keys that every API under test knows, by role. */
export const TEST_KEYS: Readonly<Record<Role, string>> = { viewer: keyOf('v'), operator: keyOf('o'), admin: keyOf('a') };

/** TRIBUTARY_API_KEYS with these keys; each is named test-<role>. */
export const TEST_KEY_ENTRIES = ROLES.map((role) => apiKeyEntry(TEST_KEYS[role], `test-${role}`, role)).join(',');

/** What the sidecar proves itself with to every API under test; give it as APP_API_TOKEN to a real one. */
export const TEST_APP_TOKEN = 'app-token-of-the-tests';

export const testAccess: AccessControl = {
  apiKeys: parseApiKeys(TEST_KEY_ENTRIES),
  appToken: new Secret(TEST_APP_TOKEN),
  signInLimit: 1_000,
};

/** The header that a request with a key has. */
export function bearer(key: string = TEST_KEYS.admin): { authorization: string } {
  return { authorization: `Bearer ${key}` };
}
