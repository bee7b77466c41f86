import { inherit } from '../credentials/settings.js';
import { isObject } from '../json.js';
import type { AckMessage, Inheritance, LinkMessage } from '../messages.js';
import { patchProblem, type Patch } from '../state/patch.js';
import { timeOf } from '../state/stamp.js';
import { PersistentMap } from '../state/persistent-map.js';
import type { Work } from '../work.js';
import { linkKey, newLink, replyLink, type LinkKey, type Received } from './link.js';
import { keepLink, confirm } from './outbox.js';
import { markEverything } from './route.js';

/** Numbers beyond a gap that are remembered; what comes beyond them is taken too, but may be taken twice. */
const AHEAD = 64;
const MAX_SKEW_MS = 86_400_000;

/** Takes a delivery: once, however often it comes, and whatever came before it. */
export function receive(work: Work, message: LinkMessage): void {
  const key = linkKey(message.direction, message.from);
  const known = work.next.received.get(key);
  if (known && message.epoch < known.epoch) work.count('stale');
  else {
    const isNewEpoch = known === undefined || message.epoch > known.epoch;
    const state: Received = isNewEpoch ? { epoch: message.epoch, last: 0, ahead: [] } : known;
    if (message.ack) work.next.acksDue = work.next.acksDue.set(key, work.next.acksDue.get(key) ?? 'ack');
    if (message.seq <= state.last || state.ahead.includes(message.seq)) {
      work.count('duplicates');
      return;
    }
    work.next.received = work.next.received.set(key, advance(state, message.seq));
  }
  applyPatches(work, message.patches, replyLink(message.direction, message.from), message.from);
  if (message.inherit && message.direction === 'down') takeInheritance(work, message.from, message.inherit);
}

/** Applies patches of another workflow; one that cannot be used does not keep the others back. */
export function applyPatches(work: Work, patches: readonly unknown[], origin: LinkKey, from: string): void {
  for (const patch of patches) {
    const problem = patchProblem(work.definition.model, patch) ?? skewProblem(patch as Patch, work.moment.at);
    if (problem === undefined) work.commit({ ...(patch as Patch), origin });
    else work.putAside('patch', 'STATEFUL_MESSAGE_INVALID', problem, from);
  }
}

/** A stamp far ahead would win over everything that is written until then. */
function skewProblem({ stamp }: Patch, at: number): string | undefined {
  return timeOf(stamp) > at + MAX_SKEW_MS ? 'a patch was stamped more than a day ahead of the time here' : undefined;
}

/** Takes what an owner passes on; of several owners the first one's counts. */
export function takeInheritance(work: Work, from: string, given: Inheritance): void {
  if (isObject(given)) inherit(work, from, given);
}

function advance({ epoch, last, ahead }: Received, seq: number): Received {
  const waiting = [...ahead, seq].sort((a, b) => a - b);
  let reached = last;
  while (waiting[0] === reached + 1) {
    reached += 1;
    waiting.shift();
  }
  return { epoch, last: reached, ahead: waiting.slice(0, AHEAD) };
}

/** Takes an acknowledgement, or a request for everything. */
export function acknowledge(work: Work, { direction, from, epoch, seq, resync }: AckMessage): void {
  const key = linkKey(direction, from);
  if (resync) restartLink(work, key);
  else confirm(work, key, epoch, seq, true);
}

/** Begins a link anew, with everything that its receiver is to know. */
export function restartLink(work: Work, key: LinkKey): void {
  const link = work.next.links.get(key);
  if (!link) {
    work.count('stale');
    return;
  }
  const fresh = newLink(link.direction, link.peer, work.epoch(), {
    open: link.open,
    ...(link.selector && { selector: link.selector }),
  });
  keepLink(work, key, { ...fresh, ...(link.subscriptions && { subscriptions: link.subscriptions }) });
  markEverything(work, key);
}

/** Says how far the incoming links have come, once for a cycle. */
export function sendAcks(work: Work): void {
  for (const [key, what] of work.next.acksDue.entries()) {
    const received = work.next.received.get(key);
    const colon = key.indexOf(':');
    const direction = key.slice(0, colon) as AckMessage['direction'];
    const to = key.slice(colon + 1);
    if (what === 'resync') work.effect({ kind: 'ack', to, direction, epoch: 0, seq: 0, resync: true });
    else if (received) work.effect({ kind: 'ack', to, direction, epoch: received.epoch, seq: received.last });
  }
  work.next.acksDue = PersistentMap.empty();
}
