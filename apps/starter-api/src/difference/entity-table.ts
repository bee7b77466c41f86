/** Counters of changes of one entity type. */
export interface ChangeCounts {
  added: number;
  removed: number;
  changed: number;
  unchanged: number;
}

/** How an entity of a run stands to the other run. */
export type Standing = 'added' | 'changed' | 'unchanged';

const SEEN = 1;
const CHANGED = 2;

/**
 * Fingerprints of the entities of one run by those of their names: 64 bits each, of which two names out of a million are the
 * same once in some ten million runs. At most 68 bytes an entity, outside the heap of JavaScript.
 */
export class EntityTable {
  /** Name and content of each slot, two halves each; zero in a name's first half means free. */
  private readonly words: Uint32Array;
  private readonly marks: Uint8Array;
  private readonly mask: number;

  /** @param entities how many there will be at most */
  constructor(private readonly entities: number) {
    let slots = 16;
    while (slots < entities * 2) slots *= 2;
    this.words = new Uint32Array(slots * 4);
    this.marks = new Uint8Array(slots);
    this.mask = slots - 1;
  }

  /** Notes an entity of the run that the table is of. */
  put(name: Buffer, content: Buffer): void {
    const slot = this.find(name);
    this.words.set([high(name), name.readUInt32LE(4), content.readUInt32LE(0), content.readUInt32LE(4)], slot * 4);
  }

  /** How an entity of the other run stands to those of the table. Notes that it has been seen. */
  compare(name: Buffer, content: Buffer): Standing {
    const slot = this.find(name);
    if (this.words[slot * 4] === 0) return 'added';
    const same = this.words[slot * 4 + 2] === content.readUInt32LE(0) && this.words[slot * 4 + 3] === content.readUInt32LE(4);
    this.marks[slot] = SEEN | (same ? 0 : CHANGED);
    return same ? 'unchanged' : 'changed';
  }

  /** Whether the other run had this entity of the table. */
  wasSeen(name: Buffer): boolean {
    return ((this.marks[this.find(name)] ?? 0) & SEEN) !== 0;
  }

  /** The slot of a name, or the free one where it belongs. */
  private find(name: Buffer): number {
    const [first, second] = [high(name), name.readUInt32LE(4)];
    let slot = second & this.mask;
    for (let tries = 0; tries <= this.mask; tries++) {
      const found = this.words[slot * 4];
      if (found === 0 || (found === first && this.words[slot * 4 + 1] === second)) return slot;
      slot = (slot + 1) & this.mask;
    }
    throw new RangeError(`The table has room for ${this.entities} entities, and there are more`);
  }
}

/** Never zero, which means a free slot. */
function high(name: Buffer): number {
  return name.readUInt32LE(0) || 1;
}
