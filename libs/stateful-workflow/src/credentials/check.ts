import { isSecretRef } from '@tributary/common';
import { STATEFUL_LITERAL_REFUSED, STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { isObject } from '../json.js';
import type { Credential } from '../messages.js';
import { isStamp } from '../state/stamp.js';

/** @throws CodedError STATEFUL_LITERAL_REFUSED, STATEFUL_MESSAGE_INVALID; never with the credential in its text */
export function checkCredential(credential: unknown, allowLiteral: boolean): asserts credential is Credential {
  const problem = credentialProblem(credential);
  if (problem !== undefined) throw STATEFUL_MESSAGE_INVALID({ problem });
  const known = credential as Credential;
  if (known.kind === 'literal' && !allowLiteral) throw STATEFUL_LITERAL_REFUSED({ length: known.value.length });
}

function credentialProblem(credential: unknown): string | undefined {
  if (!isObject(credential)) return 'a credential is no object';
  const { kind, ref, minVersion, value, version } = credential;
  if (kind === 'reference') {
    if (!isSecretRef(ref)) return 'a credential has no reference of the form secret://<store>/<name>[#key]';
    return isVersion(minVersion) ? undefined : 'minVersion of a credential is no whole number from 0';
  }
  if (kind !== 'literal') return 'kind of a credential is not one of reference, literal';
  if (typeof value !== 'string' || value === '') return 'a literal credential has no value';
  return isVersion(version) ? undefined : 'version of a credential is no whole number from 0';
}

/** What is wrong with what an owner passes on; undefined when nothing is. */
export function inheritanceProblem(
  { credential, apiUrl }: { readonly credential?: unknown; readonly apiUrl?: unknown },
  allowLiteral: boolean,
): string | undefined {
  if (credential !== undefined) {
    if (!isObject(credential) || !isStamp(credential['stamp'])) return 'an inherited credential has no stamp';
    const value = credential['value'];
    const problem = value === null ? undefined : credentialProblem(value);
    if (problem !== undefined) return problem;
    if ((value as Credential | null)?.kind === 'literal' && !allowLiteral)
      return 'an inherited credential is literal while payloads are not encrypted';
  }
  if (apiUrl !== undefined) {
    if (!isObject(apiUrl) || !isStamp(apiUrl['stamp'])) return 'an inherited apiUrl has no stamp';
    if (apiUrl['value'] !== null && !isUrl(apiUrl['value']))
      return 'an inherited apiUrl is no http or https URL without a user';
  }
  return undefined;
}

/** Whether `next` is an earlier version of the same credential. */
export function isEarlierVersion(known: Credential | undefined, next: Credential): boolean {
  if (known?.kind === 'reference' && next.kind === 'reference')
    return known.ref === next.ref && next.minVersion < known.minVersion;
  return known?.kind === 'literal' && next.kind === 'literal' && next.version < known.version;
}

function isVersion(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Whether a text is a base URL. By pattern: what a URL means otherwise is up to the activity that calls it. */
export function isUrl(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2000 && /^https?:\/\/[^\s/?#@]+([/?#][^\s]*)?$/.test(value);
}
