import { settleInheritance } from '../credentials/settings.js';
import type { Owner } from '../core-state.js';
import { STATEFUL_MESSAGE_INVALID } from '../errors.js';
import type { MessageBody } from '../messages.js';
import { selectorProblem } from '../state/select.js';
import type { Work } from '../work.js';
import { linkKey, newLink } from './link.js';
import { dropLink, keepLink } from './outbox.js';
import { applyPatches, takeInheritance } from './receive.js';
import { marksOf, untold } from './marks.js';
import { note } from './route.js';
import { keyOf, patchProblem, splitKey, type Patch } from '../state/patch.js';
import { knownKeys, recordAt } from '../state/store.js';

/**
 * Adds an owner: it gets what is known here, and what it knows is taken over. One that is known already is not added again.
 * @throws CodedError STATEFUL_MESSAGE_INVALID
 */
export function attach(work: Work, { owner, epoch, patches, inherit, up }: MessageBody & { kind: 'attach' }): void {
  const problem = up === undefined ? undefined : selectorProblem(work.definition.model, up);
  if (problem !== undefined) throw STATEFUL_MESSAGE_INVALID({ problem });
  if (work.next.owners.some(({ workflow }) => workflow === owner)) {
    work.next.owners = work.next.owners.map((known) =>
      known.workflow === owner ? { ...known, epoch: Math.max(known.epoch, epoch) } : known,
    );
  } else {
    addOwner(work, { workflow: owner, epoch, ...(up && { up }) });
    tellWhatIsNew(work, owner, patches);
  }
  applyPatches(work, patches, linkKey('up', owner), owner);
  if (inherit) takeInheritance(work, owner, inherit);
}

/** An owner that joins is told what is known here, but for what it has just said itself. */
function tellWhatIsNew(work: Work, owner: string, patches: readonly Patch[]): void {
  const said = new Set<string>();
  for (const patch of patches) {
    if (patchProblem(work.definition.model, patch) !== undefined) continue;
    for (const mark of marksOf(patch)) said.add(`${keyOf(patch)} ${mark} ${patch.stamp}`);
  }
  for (const key of knownKeys(work.store)) {
    const { type, id } = splitKey(key);
    const record = recordAt(work.store, type, id);
    const marks = record ? untold(record, (mark, stamp) => said.has(`${key} ${mark} ${stamp}`)) : [];
    if (marks.length > 0) note(work, linkKey('up', owner), key, marks);
  }
}

export function addOwner(work: Work, owner: Owner): void {
  const { workflow, up } = owner;
  work.next.owners = [...work.next.owners, owner];
  keepLink(
    work,
    linkKey('up', workflow),
    newLink('up', workflow, work.epoch(), { open: true, ...(up && { selector: up }) }),
  );
}

/** Forgets an owner, unless it has come again since. @returns whether it was the last one */
export function removeOwner(work: Work, owner: string, epoch: number): boolean {
  const left = work.next.owners.filter(({ workflow, epoch: since }) => workflow !== owner || since > epoch);
  if (left.length === work.next.owners.length) return false;
  work.next.owners = left;
  // Who is left alone keeps what it has.
  if (left.length === 0) work.next.ownCredential = work.next.credential;
  settleInheritance(work);
  dropLink(work, linkKey('up', owner));
  work.next.received = work.next.received.delete(linkKey('down', owner));
  return left.length === 0;
}
