import { STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { sameJson } from '../json.js';
import { linkKey } from '../links/link.js';
import { keepLink } from '../links/outbox.js';
import { reloadForCredential } from '../loading/loads.js';
import type { Credential, Inheritance, Written } from '../messages.js';
import type { Work } from '../work.js';
import { checkCredential, inheritanceProblem, isEarlierVersion, isUrl } from './check.js';
import { apiUrlOf } from './inheritance.js';

/**
 * Takes a credential from a client. The latest one counts, but of one reference never an earlier version. The
 * same one again has all that inherit it load again.
 * @throws CodedError STATEFUL_LITERAL_REFUSED, STATEFUL_MESSAGE_INVALID
 */
export function setCredential(work: Work, credential: Credential): void {
  checkCredential(credential, work.next.allowLiteral);
  const value = keepVersion(work.next.credential?.value, credential);
  if (isEarlierVersion(work.next.credential?.value, value)) {
    work.count('stale');
    return;
  }
  work.next.ownCredential = { value, stamp: work.stampAfter(work.next.ownCredential?.stamp) };
  settleInheritance(work);
}

/** Of a reference that names no version, the one that was asked for stays. */
function keepVersion(known: Credential | undefined, given: Credential): Credential {
  const isPlain = given.kind === 'reference' && given.minVersion === 0;
  return isPlain && known?.kind === 'reference' && known.ref === given.ref ? known : given;
}

/** Takes or, with null, gives up an own base URL. */
export function setApiUrl(work: Work, url: string | null): void {
  if (url !== null && !isUrl(url))
    throw STATEFUL_MESSAGE_INVALID({ problem: 'apiUrl is no http or https URL without a user' });
  work.next.apiUrl = { ...work.next.apiUrl, own: url ?? undefined };
  settleInheritance(work);
}

/** Notes what an owner passes on. Once or twice, early or late, gives the same. */
export function inherit(work: Work, owner: string, given: Inheritance): void {
  const problem = inheritanceProblem(given, work.next.allowLiteral);
  if (problem !== undefined) {
    work.putAside('inherit', 'STATEFUL_MESSAGE_INVALID', problem, owner);
    return;
  }
  for (const written of [given.credential, given.apiUrl]) if (written) work.observe(written.stamp);
  work.next.owners = work.next.owners.map((known) => {
    if (known.workflow !== owner) return known;
    const credential = later(known.inherit?.credential, given.credential);
    const apiUrl = later(known.inherit?.apiUrl, given.apiUrl);
    return { ...known, inherit: { ...(credential && { credential }), ...(apiUrl && { apiUrl }) } };
  });
  settleInheritance(work);
}

/**
 * Brings into force what follows from the workflow's own settings and those of its first owner, and tells the children
 * if that is something else than before.
 */
export function settleInheritance(work: Work): void {
  const { owners, ownCredential } = work.next;
  const above = owners[0]?.inherit;
  const credential =
    work.definition.credential === 'inherit'
      ? later<Credential | null>(ownCredential, above?.credential)
      : ownCredential;
  // With no owner left, what the last one passed on stays in force.
  if (owners.length > 0) work.next.apiUrl = { ...work.next.apiUrl, inherited: above?.apiUrl };
  useCredential(work, credential ?? { value: null, stamp: '' });
  offerUrl(work);
}

/** A later stamp of the same credential means that it was given again, as after a change in the store: all look again. */
function useCredential(work: Work, { value, stamp }: Written<Credential | null>): void {
  const { credential: before, offeredCredential: offered } = work.next;
  const isSame = sameJson(before?.value ?? null, value);
  const known = before?.stamp ?? '';
  if (isSame && stamp === known) return;
  work.next.credential = value === null ? undefined : { value, stamp };
  // Another owner may have had the same one earlier, and in a circle of owners comes back what was offered here.
  if (isSame && (stamp < known || stamp === offered?.stamp)) return;
  reloadForCredential(work);
  // Children go by the stamp, so that of another owner's credential must not be earlier than what they have.
  const isLater = stamp > (offered?.stamp ?? '');
  work.next.offeredCredential = { value, stamp: isLater ? stamp : work.stampAfter(offered?.stamp) };
  tellChildren(work);
}

function offerUrl(work: Work): void {
  const url = apiUrlOf(work.next) ?? null;
  const { offered } = work.next.apiUrl;
  if (url === (offered?.value ?? null)) return;
  work.next.apiUrl = { ...work.next.apiUrl, offered: { value: url, stamp: work.stampAfter(offered?.stamp) } };
  tellChildren(work);
}

function tellChildren(work: Work): void {
  for (const workflow of work.next.children.keys()) {
    const key = linkKey('down', workflow);
    const link = work.next.links.get(key);
    if (link) keepLink(work, key, { ...link, inherit: true });
  }
}

function later<T>(a: Written<T> | undefined, b: Written<T> | undefined): Written<T> | undefined {
  if (!a || !b) return a ?? b;
  return b.stamp > a.stamp ? b : a;
}
