import type { CallOptions, SecretStore } from '@tributary/clients';
import { formatSecretRef, isCodedError, parseSecretRef, Secret, type SecretRef } from '@tributary/common';
import type { LoadCredential } from '../effects.js';
import { STATEFUL_CREDENTIAL_BEHIND } from './errors.js';

/** Key under which a store keeps the version of a credential, beside the credential. */
const VERSION_KEY = 'version';

/**
 * The text of a credential, read anew for each load. The version is read first: a credential that is written with its
 * version can then only be as new or newer.
 * @throws CodedError STATEFUL_CREDENTIAL_BEHIND when the store does not have the version yet, or one of the store's
 */
export async function resolveCredential(store: SecretStore, credential: LoadCredential, options: CallOptions = {}): Promise<Secret | undefined> {
  if (credential.kind === 'none') return undefined;
  if (credential.kind === 'literal') return new Secret(credential.value);
  const { ref, minVersion } = credential;
  if (minVersion > 0) {
    const found = await versionOf(store, ref, options);
    if (found !== undefined && found < minVersion) throw STATEFUL_CREDENTIAL_BEHIND({ ref, found, wanted: minVersion });
  }
  return store.resolve(ref, options);
}

/** A store that keeps no versions is taken to be up to date: a credential that is not is refused by the source. */
async function versionOf(store: SecretStore, ref: SecretRef, options: CallOptions): Promise<number | undefined> {
  const location = parseSecretRef(ref);
  if (location.key === undefined) return undefined;
  try {
    const version = Number((await store.resolve(formatSecretRef({ ...location, key: VERSION_KEY }), options)).reveal());
    return Number.isSafeInteger(version) ? version : undefined;
  } catch (error) {
    if (isCodedError(error) && error.code === 'SECRET_NOT_FOUND') return undefined;
    throw error;
  }
}
