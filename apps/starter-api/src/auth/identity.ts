import type { Caller } from './access.js';
import type { Role } from './roles.js';

/** Whom a credential belongs to. A token may be good and yet give no role here. */
export interface Identity extends Omit<Caller, 'role'> {
  readonly role: Role | undefined;
}
