import { PAYLOAD_LIMIT_BYTES, payloadBytes } from '@tributary/common';
import { splitKey, type EntityKey, type Patch } from '../state/patch.js';
import { PersistentMap } from '../state/persistent-map.js';
import type { EntityRecord } from '../state/record.js';
import { selected } from '../state/select.js';
import { recordAt } from '../state/store.js';
import type { Work } from '../work.js';
import type { Link } from './link.js';
import { listMarks, patchesFor, type Marks } from './marks.js';
import { selectionOf } from './route.js';

/** What a delivery tells, as JSON; one part of an entity that is larger goes alone. */
const BATCH_BYTES = 150 * 1024;
/** What stands beside what a delivery tells: names, numbers, credential and URL. */
const BESIDE_BYTES = 10 * 1024;
/** The largest part of an entity that fits into a delivery at all. */
const MOST_BYTES = PAYLOAD_LIMIT_BYTES - BESIDE_BYTES;

type Notes = PersistentMap<Marks>;

/** Cuts what links have noted into deliveries that fit into a payload. What is alike on many links is measured once. */
export class Batches {
  private readonly sizes = new Map<string, number>();
  private readonly said = new Set<string>();

  constructor(private readonly work: Work) {}

  /** What of `noted` the next delivery tells, and what is left for later ones. What fits into none is put aside. */
  cut(link: Link, noted: Notes): { readonly now: Notes; readonly later: Notes } {
    const now: (readonly [EntityKey, Marks])[] = [];
    let later = noted;
    let room = BATCH_BYTES;
    for (const [key, marks] of noted.entries()) {
      if (now.length === this.work.definition.limits.batch) break;
      const bytes = this.bytesOf(link, key, marks);
      if (bytes > room && now.length > 0) break;
      later = later.delete(key);
      if (bytes <= room) {
        now.push([key, marks]);
        room -= bytes;
        continue;
      }
      const [part, rest] = this.split(link, key, marks);
      if (rest.length > 0) later = later.set(key, rest);
      if (part.length === 0) continue;
      now.push([key, part]);
      break;
    }
    return { now: PersistentMap.of(now), later };
  }

  /** Of an entity that is too large for one delivery, the first part that is not. */
  private split(link: Link, key: EntityKey, marks: Marks): readonly [part: readonly string[], rest: readonly string[]] {
    const record = this.recordOf(key);
    const all = record ? listMarks(record, marks) : [];
    let part = all;
    while (part.length > 1 && this.bytesOf(link, key, part) > BATCH_BYTES)
      part = part.slice(0, Math.ceil(part.length / 2));
    const rest = all.slice(part.length);
    const bytes = this.bytesOf(link, key, part);
    if (bytes <= MOST_BYTES) return [part, rest];
    this.putAside(key, part, bytes);
    return [[], rest];
  }

  private putAside(key: EntityKey, part: readonly string[], bytes: number): void {
    const what = `${part.join()} of ${key}`;
    if (this.said.has(what)) return;
    this.said.add(what);
    const problem = `${what} takes ${bytes} bytes, more than the ${MOST_BYTES} that a delivery holds; it is told to nobody`;
    this.work.putAside('delivery', 'PAYLOAD_TOO_LARGE', problem);
  }

  private bytesOf(link: Link, key: EntityKey, marks: Marks): number {
    const name = JSON.stringify([link.selector ?? null, key, marks]);
    const known = this.sizes.get(name);
    if (known !== undefined) return known;
    const record = this.recordOf(key);
    const { type, id } = splitKey(key);
    const selection = selectionOf(link);
    const patches = record
      ? patchesFor(type, id, record, marks).flatMap((patch): Patch[] => {
          const part = selected(selection, patch);
          return part ? [part] : [];
        })
      : [];
    const bytes = payloadBytes(patches);
    this.sizes.set(name, bytes);
    return bytes;
  }

  private recordOf(key: EntityKey): EntityRecord | undefined {
    const { type, id } = splitKey(key);
    return recordAt(this.work.store, type, id);
  }
}
