import { isSecretRef } from '@tributary/common';
import type { CoreState } from '../core-state.js';
import type { EntityWorkflow } from '../definitions/workflow.js';
import { STATEFUL_LITERAL_REFUSED, STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { isObject } from '../json.js';
import { linkKey } from '../links/link.js';
import { keepLink } from '../links/outbox.js';
import { reloadForCredential } from '../loading/loads.js';
import type { Credential, Inheritance, Written } from '../messages.js';
import { isStamp } from '../state/stamp.js';
import type { Work } from '../work.js';

type Configured = Pick<CoreState, 'credential' | 'apiUrl'>;

/** The base URL in force: its own, else that of the owner. */
export function apiUrlOf({ apiUrl }: Configured): string | undefined {
  return apiUrl.own ?? apiUrl.inherited?.value ?? undefined;
}

/** What children take over. */
export function inheritance({ credential, apiUrl: { offered } }: Configured): Inheritance {
  return { ...(credential && { credential }), ...(offered && { apiUrl: offered }) };
}

/**
 * Takes a credential from a client. The latest one counts, but of one reference never an earlier version.
 * @throws CodedError STATEFUL_LITERAL_REFUSED, STATEFUL_MESSAGE_INVALID
 */
export function setCredential(work: Work, credential: Credential): void {
  checkCredential(credential, work.next.allowLiteral);
  if (isEarlierVersion(work.next.credential?.value, credential)) {
    work.count('stale');
    return;
  }
  take(work, { value: credential, stamp: work.stamp() });
}

/** Takes or, with null, gives up an own base URL. */
export function setApiUrl(work: Work, url: string | null): void {
  if (url !== null && !isUrl(url))
    throw STATEFUL_MESSAGE_INVALID({ problem: 'apiUrl is no http or https URL without a user' });
  work.next.apiUrl = { ...work.next.apiUrl, own: url ?? undefined };
  offer(work);
}

/** Takes over what the owner has, where the definition does not say otherwise. Once or twice, early or late, gives the same. */
export function inherit(work: Work, { credential, apiUrl }: Inheritance): void {
  const problem = inheritanceProblem({ credential, apiUrl }, work.next.allowLiteral);
  if (problem !== undefined) {
    work.putAside('inherit', 'STATEFUL_MESSAGE_INVALID', problem);
    return;
  }
  if (
    credential &&
    work.definition.credential === 'inherit' &&
    credential.stamp > (work.next.credential?.stamp ?? '')
  ) {
    work.observe(credential.stamp);
    if (isEarlierVersion(work.next.credential?.value, credential.value)) work.count('stale');
    else take(work, credential);
  }
  if (apiUrl && apiUrl.stamp > (work.next.apiUrl.inherited?.stamp ?? '')) {
    work.observe(apiUrl.stamp);
    work.next.apiUrl = { ...work.next.apiUrl, inherited: apiUrl };
    offer(work);
  }
}

/** Tells the children of another URL. Stamped here: they have one owner to listen to, whoever it has it from. */
export function offer(work: Work): void {
  const url = apiUrlOf(work.next) ?? null;
  if (url === (work.next.apiUrl.offered?.value ?? null)) return;
  work.next.apiUrl = { ...work.next.apiUrl, offered: { value: url, stamp: work.stamp() } };
  tellChildren(work);
}

function take(work: Work, credential: Written<Credential>): void {
  work.next.credential = credential;
  tellChildren(work);
  reloadForCredential(work);
}

function tellChildren(work: Work): void {
  for (const workflow of work.next.children.keys()) {
    const key = linkKey('down', workflow);
    const link = work.next.links.get(key);
    if (link) keepLink(work, key, { ...link, inherit: true });
  }
}

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

function inheritanceProblem(
  { credential, apiUrl }: { credential: unknown; apiUrl: unknown },
  allowLiteral: boolean,
): string | undefined {
  if (credential !== undefined) {
    if (!isObject(credential) || !isStamp(credential['stamp'])) return 'an inherited credential has no stamp';
    const problem = credentialProblem(credential['value']);
    if (problem !== undefined) return problem;
    if ((credential['value'] as Credential).kind === 'literal' && !allowLiteral)
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
function isEarlierVersion(known: Credential | undefined, next: Credential): boolean {
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

/** The reference that a definition names as a credential of its own. */
export function ownCredential({ credential }: EntityWorkflow): Written<Credential> | undefined {
  return credential === 'inherit'
    ? undefined
    : { value: { kind: 'reference', ref: credential, minVersion: 0 }, stamp: '' };
}
