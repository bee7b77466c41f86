import type { Selector } from '../definitions/parts.js';
import { STATEFUL_MESSAGE_INVALID } from '../errors.js';
import { selectorProblem } from '../state/select.js';
import type { Work } from '../work.js';
import { linkKey, newLink, type Link } from './link.js';
import { dropLink, keepLink } from './outbox.js';
import { markEverything } from './route.js';

/**
 * Adds a subscription. A workflow may have any number under different names; it gets each change once.
 * @throws CodedError STATEFUL_MESSAGE_INVALID
 */
export function subscribe(work: Work, subscriber: string, name: string, selector: Selector): void {
  const problem = selectorProblem(work.definition.model, selector);
  if (problem !== undefined) throw STATEFUL_MESSAGE_INVALID({ problem });
  const key = linkKey('subscription', subscriber);
  const known = work.next.links.get(key);
  if (!known) {
    const { subscribers } = work.definition.limits;
    if (work.next.subscribers.length >= subscribers)
      throw STATEFUL_MESSAGE_INVALID({ problem: `there are ${subscribers} subscribers, which is the limit` });
    work.next.subscribers = [...work.next.subscribers, subscriber];
  }
  const subscriptions = { ...known?.subscriptions, [name]: selector };
  if (known && JSON.stringify(known.subscriptions?.[name]) === JSON.stringify(selector)) return;
  keepLink(
    work,
    key,
    selecting(known ?? newLink('subscription', subscriber, work.epoch(), { open: true }), subscriptions),
  );
  markEverything(work, key);
}

/** Ends one subscription; the others of the same workflow go on. */
export function unsubscribe(work: Work, subscriber: string, name: string): void {
  const key = linkKey('subscription', subscriber);
  const link = work.next.links.get(key);
  if (!link?.subscriptions || !Object.hasOwn(link.subscriptions, name)) return;
  const { [name]: _, ...rest } = link.subscriptions;
  if (Object.keys(rest).length > 0) keepLink(work, key, selecting(link, rest));
  else dropSubscriber(work, subscriber);
}

export function dropSubscriber(work: Work, subscriber: string): void {
  dropLink(work, linkKey('subscription', subscriber));
  work.next.subscribers = work.next.subscribers.filter((other) => other !== subscriber);
}

function selecting(link: Link, subscriptions: Readonly<Record<string, Selector>>): Link {
  return { ...link, subscriptions, selector: [...new Set(Object.values(subscriptions).flat())].sort() };
}
