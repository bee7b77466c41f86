import type { CoreState } from '../core-state.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import type { Credential, Inheritance, Written } from '../messages.js';

type Configured = Pick<CoreState, 'offeredCredential' | 'apiUrl'>;

/** The base URL in force: its own, else that of the owner. */
export function apiUrlOf({ apiUrl }: Pick<CoreState, 'apiUrl'>): string | undefined {
  return apiUrl.own ?? apiUrl.inherited?.value ?? undefined;
}

/** What children take over. */
export function inheritance({ offeredCredential, apiUrl: { offered } }: Configured): Inheritance {
  return { ...(offeredCredential && { credential: offeredCredential }), ...(offered && { apiUrl: offered }) };
}

/** The reference that a definition names as a credential of its own. */
export function definedCredential({ credential }: EntityWorkflow): Written<Credential> | undefined {
  return credential === 'inherit'
    ? undefined
    : { value: { kind: 'reference', ref: credential, minVersion: 0 }, stamp: '' };
}
