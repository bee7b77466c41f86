import { backoffMs, draw } from '../loading/chance.js';
import type { Work } from '../work.js';
import { Batches } from './batches.js';
import { groupAlike, type Outgoing } from './deliveries.js';
import type { InFlight, Link, LinkKey } from './link.js';
import { joinMarks } from './marks.js';
import { setLink } from './route.js';

const RESEND_BASE_MS = 2000;
const RESEND_MAX_MS = 120_000;
/** How long a receiver may take to acknowledge. */
const ACK_WAIT_MS = 30_000;
/**
 * Sends what links have noted and repeats what was not delivered: all of a cycle together, like contents once.
 * `last`: nothing will be sent after this, so nothing waits for what is on the way.
 */
export function flush(work: Work, { last = false }: { readonly last?: boolean } = {}): void {
  const batches = new Batches(work);
  const outgoing = [
    ...repeats(work, batches),
    ...fresh(work, batches, last ? Infinity : work.definition.limits.window),
  ];
  if (outgoing.length === 0) return;
  work.count('deliveries', outgoing.length);
  const deliveries = groupAlike(work, outgoing);
  const via = outgoing.length > work.definition.limits.fanout ? 'activity' : 'signal';
  work.effect({ kind: 'send', via, deliveries });
}

function repeats(work: Work, batches: Batches): Outgoing[] {
  const outgoing: Outgoing[] = [];
  const { at, random } = work.moment;
  for (const key of work.next.awaiting.keys()) {
    const link = work.next.links.get(key);
    if (!link?.open) continue;
    const due = link.inFlight.filter(({ dueAt }) => dueAt !== undefined && dueAt <= at);
    if (due.length === 0) continue;
    const failures = link.failures + 1;
    let { pending } = link;
    const inFlight = link.inFlight.map((item) => {
      if (!due.includes(item)) return item;
      // Values are read afresh, and may have grown since.
      const { now, later } = batches.cut(link, item.entities);
      for (const [entity, marks] of later.entries()) pending = pending.set(entity, joinMarks(pending.get(entity), marks));
      const again = sent(work, { ...item, entities: now }, at, failures, draw(random, key));
      outgoing.push({ link, item: again });
      return again;
    });
    keepLink(work, key, { ...link, pending, failures, inFlight });
  }
  return outgoing;
}

function fresh(work: Work, batches: Batches, window: number): Outgoing[] {
  const outgoing: Outgoing[] = [];
  for (const key of work.next.unsent.keys()) {
    let link = work.next.links.get(key);
    while (link?.open && link.inFlight.length < window && (link.pending.size > 0 || link.inherit)) {
      const { now: entities, later: pending } = batches.cut(link, link.pending);
      if (entities.size === 0 && !link.inherit) {
        link = { ...link, pending };
        continue;
      }
      const item: InFlight = { seq: link.nextSeq, entities, inherit: link.inherit };
      const { at, random } = work.moment;
      outgoing.push({ link, item });
      link = {
        ...link,
        pending,
        inherit: false,
        nextSeq: link.nextSeq + 1,
        inFlight: [...link.inFlight, sent(work, item, at, 0, draw(random, key))],
      };
    }
    if (link) keepLink(work, key, link);
    else work.next.unsent = work.next.unsent.delete(key);
  }
  return outgoing;
}

/** A delivery that has been handed over: with the transport, or waiting for its acknowledgement. */
function sent(work: Work, item: InFlight, at: number, failures: number, chance: number): InFlight {
  const { dueAt: _, ...rest } = item;
  if (work.definition.confirm === 'transport') return rest;
  return {
    ...rest,
    dueAt: at + ACK_WAIT_MS + (failures > 0 ? backoffMs(failures, RESEND_BASE_MS, RESEND_MAX_MS, chance) : 0),
  };
}

/** Takes delivered messages off a link: one, or with `upTo` all up to it. */
export function confirm(work: Work, key: LinkKey, epoch: number, seq: number, upTo: boolean): void {
  const link = work.next.links.get(key);
  if (link?.epoch !== epoch) {
    work.count('stale');
    return;
  }
  const inFlight = link.inFlight.filter((item) => (upTo ? item.seq > seq : item.seq !== seq));
  if (inFlight.length === link.inFlight.length) return;
  keepLink(work, key, { ...link, inFlight, failures: 0 });
}

/** Plans to repeat a delivery that failed. */
export function repeatLater(work: Work, key: LinkKey, epoch: number, seq: number): void {
  const link = work.next.links.get(key);
  if (link?.epoch !== epoch) {
    work.count('stale');
    return;
  }
  const { at, random } = work.moment;
  const failures = link.failures + 1;
  const dueAt = at + backoffMs(failures, RESEND_BASE_MS, RESEND_MAX_MS, draw(random, key));
  keepLink(work, key, {
    ...link,
    failures,
    inFlight: link.inFlight.map((item) => (item.seq === seq ? { ...item, dueAt } : item)),
  });
}

/** Keeps a link, and the notes about which links there is something to do for. */
export function keepLink(work: Work, key: LinkKey, link: Link): void {
  setLink(work, key, link);
  if (link.pending.size === 0 && !link.inherit) work.next.unsent = work.next.unsent.delete(key);
  const waits = link.inFlight.some(({ dueAt }) => dueAt !== undefined);
  if (waits !== work.next.awaiting.has(key))
    work.next.awaiting = waits ? work.next.awaiting.set(key, true) : work.next.awaiting.delete(key);
}

export function dropLink(work: Work, key: LinkKey): void {
  work.next.links = work.next.links.delete(key);
  work.next.unsent = work.next.unsent.delete(key);
  work.next.awaiting = work.next.awaiting.delete(key);
}
