import { PAYLOAD_LIMIT_BYTES, payloadBytes } from '@tributary/common';
import { workflowIdOf } from '../children/workflow-id.js';
import { inheritance } from '../credentials/inheritance.js';
import type { Delivery } from '../effects.js';
import type { LinkMessage, Target } from '../messages.js';
import { splitKey, type Patch } from '../state/patch.js';
import { isAlive } from '../state/record.js';
import { selected } from '../state/select.js';
import { recordAt } from '../state/store.js';
import type { Work } from '../work.js';
import { linkKey, type InFlight, type Link, type LinkKey } from './link.js';
import { patchesFor, type Marks } from './marks.js';
import { selectionOf } from './route.js';
import { linksTo } from './sub-graph.js';

/** Receivers in one delivery. */
const TARGETS = 1000;
/** What stands around the content and the receivers of a delivery. */
const FRAME_BYTES = 100;

/** What is to be sent over a link now. */
export interface Outgoing {
  readonly link: Link;
  readonly item: InFlight;
}

type Noted = readonly (readonly [key: string, marks: Marks])[];

/** Puts deliveries with the same content together, so that what goes to a thousand receivers is there once. */
export function groupAlike(work: Work, outgoing: readonly Outgoing[]): Delivery[] {
  const groups = new Map<string, { body: Delivery['body']; targets: Delivery['targets'][number][] }>();
  const holders = holdersOf(work);
  for (const { link, item } of outgoing) {
    const noted = [...item.entities.entries()].flatMap(([key, marks]): [string, Marks][] => {
      const meant = stillMeant(work, holders, link, key, marks);
      return meant.length === 0 ? [] : [[key, meant]];
    });
    const content = JSON.stringify([link.direction, link.selector ?? null, item.inherit, noted]);
    const target = { to: link.peer, epoch: link.epoch, seq: item.seq };
    const known = groups.get(content);
    if (known) known.targets.push(target);
    else groups.set(content, { body: bodyOf(work, link, noted, item.inherit), targets: [target] });
  }
  return [...groups.values()].flatMap(({ body, targets }) => parts(body, targets));
}

/** As many receivers to a delivery as fit into a payload beside its content. */
function parts(body: Delivery['body'], targets: Delivery['targets']): Delivery[] {
  const content = payloadBytes(body);
  const found: { body: Delivery['body']; targets: Target[] }[] = [];
  let room = 0;
  for (const target of targets) {
    const bytes = payloadBytes(target) + 1;
    let part = found.at(-1);
    if (!part || bytes > room || part.targets.length === TARGETS) {
      part = { body, targets: [] };
      found.push(part);
      room = PAYLOAD_LIMIT_BYTES - FRAME_BYTES - content;
    }
    part.targets.push(target);
    room -= bytes;
  }
  return found;
}

function bodyOf(work: Work, link: Link, noted: Noted, withInheritance: boolean): Delivery['body'] {
  const selection = selectionOf(link);
  const patches = noted.flatMap(([key, marks]): Patch[] => {
    const { type, id } = splitKey(key);
    const record = recordAt(work.store, type, id);
    return record ? patchesFor(type, id, record, marks).flatMap((patch) => selected(selection, patch) ?? []) : [];
  });
  return {
    kind: 'link',
    direction: link.direction,
    from: work.next.self.workflow,
    patches,
    ...(withInheritance && { inherit: inheritance(work.next) }),
    ...(work.definition.confirm === 'receiver' && { ack: true }),
  } satisfies Omit<LinkMessage, 'epoch' | 'seq'>;
}

/**
 * What a receiver is still to hear of what was noted for it. A child hears nothing of an entity that has left its
 * sub-graph since, except that it was deleted; and not that its own root was, for then it is released instead.
 */
function stillMeant(work: Work, holders: Holders, { direction, peer }: Link, key: string, marks: Marks): Marks {
  if (direction !== 'down') return marks;
  const { type, id } = splitKey(key);
  const record = recordAt(work.store, type, id);
  if (!isAlive(record)) return peer === workflowIdOf(work.next.self, type, id) ? [] : marks;
  if (holders(key).has(linkKey('down', peer))) return marks;
  return marks === 'all' || marks.includes('dead') ? ['dead'] : [];
}

/** The links to the children in whose sub-graph an entity is. */
type Holders = (key: string) => ReadonlySet<LinkKey>;

/** Each entity is looked up once: one that a thousand children share would else be looked up a thousand times, at a cost of a thousand each. */
function holdersOf({ territory }: Work): Holders {
  const known = new Map<string, ReadonlySet<LinkKey>>();
  return (key) => {
    const found = known.get(key) ?? linksTo(territory, key);
    known.set(key, found);
    return found;
  };
}
