/**
 * An immutable map from text to values. A changed map shares all but the path to the change with the one it came from,
 * so that a change among 20,000 entries costs as much as one among 100. Its order depends on the keys alone, never on
 * the order of insertion, so that two states with the same content list it alike.
 */
export class PersistentMap<V> {
  private constructor(
    private readonly root: Node<V> | undefined,
    readonly size: number,
  ) {}

  private static readonly none = new PersistentMap<never>(undefined, 0);

  static empty<V>(): PersistentMap<V> {
    return PersistentMap.none;
  }

  static of<V>(entries: Iterable<readonly [string, V]>): PersistentMap<V> {
    let map = PersistentMap.empty<V>();
    for (const [key, value] of entries) map = map.set(key, value);
    return map;
  }

  get(key: string): V | undefined {
    return find(this.root, hashOf(key), key)?.value;
  }

  has(key: string): boolean {
    return find(this.root, hashOf(key), key) !== undefined;
  }

  /** The map with `value` under `key`; the same map when it holds just that. */
  set(key: string, value: V): PersistentMap<V> {
    const leaf: Leaf<V> = { hash: hashOf(key), key, value };
    if (this.root === undefined) return new PersistentMap<V>(leaf, 1);
    const known = find(this.root, leaf.hash, key);
    if (known && Object.is(known.value, value)) return this;
    return new PersistentMap<V>(insert(this.root, leaf, 0), known ? this.size : this.size + 1);
  }

  delete(key: string): PersistentMap<V> {
    const hash = hashOf(key);
    if (this.root === undefined || find(this.root, hash, key) === undefined) return this;
    return this.size === 1
      ? PersistentMap.empty()
      : new PersistentMap<V>(remove(this.root, hash, key, 0), this.size - 1);
  }

  *entries(): Generator<readonly [string, V]> {
    for (const leaf of leaves(this.root)) yield [leaf.key, leaf.value];
  }

  *keys(): Generator<string> {
    for (const leaf of leaves(this.root)) yield leaf.key;
  }

  *values(): Generator<V> {
    for (const leaf of leaves(this.root)) yield leaf.value;
  }
}

interface Leaf<V> {
  readonly hash: number;
  readonly key: string;
  readonly value: V;
}

/** Leaves whose keys have the same hash, in order of key. */
interface Clash<V> {
  readonly hash: number;
  readonly leaves: readonly Leaf<V>[];
}

/** Up to 32 parts; `bits` says which of them are there. */
interface Branch<V> {
  readonly bits: number;
  readonly parts: readonly Node<V>[];
}

type Node<V> = Leaf<V> | Clash<V> | Branch<V>;

const BITS = 5;

/** FNV-1a over UTF-16 units, then mixed, for its low bits alone choose the first branch. */
export function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function find<V>(node: Node<V> | undefined, hash: number, key: string): Leaf<V> | undefined {
  let at = node;
  for (let shift = 0; at !== undefined; shift += BITS) {
    if ('key' in at) return at.key === key ? at : undefined;
    if ('leaves' in at) return at.leaves.find((leaf) => leaf.key === key);
    const bit = bitOf(hash, shift);
    if ((at.bits & bit) === 0) return undefined;
    at = at.parts[position(at.bits, bit)];
  }
  return undefined;
}

function insert<V>(node: Node<V>, leaf: Leaf<V>, shift: number): Node<V> {
  if ('parts' in node) {
    const bit = bitOf(leaf.hash, shift);
    const at = position(node.bits, bit);
    const part = node.parts[at];
    if ((node.bits & bit) === 0 || part === undefined)
      return { bits: node.bits | bit, parts: node.parts.toSpliced(at, 0, leaf) };
    return { bits: node.bits, parts: node.parts.with(at, insert(part, leaf, shift + BITS)) };
  }
  if ('key' in node && node.key === leaf.key) return leaf;
  if (node.hash === leaf.hash) return clash('key' in node ? [node] : node.leaves, leaf);
  return insert({ bits: bitOf(node.hash, shift), parts: [node] }, leaf, shift);
}

function remove<V>(node: Node<V>, hash: number, key: string, shift: number): Node<V> | undefined {
  if ('key' in node) return undefined;
  if ('leaves' in node) {
    const rest = node.leaves.filter((leaf) => leaf.key !== key);
    return rest.length === 1 ? rest[0] : { hash: node.hash, leaves: rest };
  }
  const bit = bitOf(hash, shift);
  const at = position(node.bits, bit);
  const part = node.parts[at];
  if (part === undefined) return node;
  const rest = remove(part, hash, key, shift + BITS);
  if (rest) return collapsed({ bits: node.bits, parts: node.parts.with(at, rest) });
  return node.parts.length === 1
    ? undefined
    : collapsed({ bits: node.bits & ~bit, parts: node.parts.toSpliced(at, 1) });
}

/** A branch with a single leaf becomes the leaf, or the shape would depend on what was there before. */
function collapsed<V>(branch: Branch<V>): Node<V> {
  const [only, second] = branch.parts;
  return only !== undefined && second === undefined && !('parts' in only) ? only : branch;
}

function clash<V>(known: readonly Leaf<V>[], leaf: Leaf<V>): Clash<V> {
  const others = known.filter((other) => other.key !== leaf.key);
  return { hash: leaf.hash, leaves: [...others, leaf].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

function* leaves<V>(node: Node<V> | undefined): Generator<Leaf<V>> {
  if (node === undefined) return;
  if ('key' in node) yield node;
  else if ('leaves' in node) yield* node.leaves;
  else for (const part of node.parts) yield* leaves(part);
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & 31);
}

/** How many parts stand before the one of `bit`. */
function position(bits: number, bit: number): number {
  let below = bits & (bit - 1);
  let count = 0;
  for (; below !== 0; below &= below - 1) count += 1;
  return count;
}
