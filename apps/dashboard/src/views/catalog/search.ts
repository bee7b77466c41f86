import type { Catalog, CatalogTable } from './catalog.js';

export interface Hit {
  readonly table: CatalogTable;
  /** Columns whose names fit, the first few. */
  readonly columns: readonly string[];
}

export interface Hits {
  /** The best first. */
  readonly hits: readonly Hit[];
  /** How many there are, shown or not. */
  readonly total: number;
}

const COLUMNS_SHOWN = 4;

/** A table with its names as they are searched. */
interface Entry {
  readonly table: CatalogTable;
  readonly plain: string;
  readonly qualified: string;
  /** Names of all columns, one a line. */
  readonly columns: string;
}

/** Made at the first search of a catalog: one searches with each key that is typed. */
const indexes = new WeakMap<Catalog, readonly Entry[]>();

/**
 * Tables whose name has all words of a text, or that have columns whose names do. `schema.table` narrows to a schema.
 * Exact names come first, then beginnings, then parts of names, then columns.
 */
export function searchCatalog(catalog: Catalog, text: string, most: number): Hits {
  const words = text.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return { hits: [], total: 0 };
  const found = indexOf(catalog).flatMap((entry) => {
    const rank = rankOf(entry, words) ?? (columnsOf(entry, words, 1).length > 0 ? 3 : undefined);
    return rank === undefined ? [] : [{ entry, rank }];
  });
  found.sort((a, b) => a.rank - b.rank || a.entry.plain.length - b.entry.plain.length || (a.entry.qualified < b.entry.qualified ? -1 : 1));
  return { hits: found.slice(0, most).map(({ entry }) => ({ table: entry.table, columns: columnsOf(entry, words, COLUMNS_SHOWN) })), total: found.length };
}

function indexOf(catalog: Catalog): readonly Entry[] {
  const known = indexes.get(catalog) ?? [...catalog.tables.values()].map(entryOf);
  indexes.set(catalog, known);
  return known;
}

function entryOf(table: CatalogTable): Entry {
  const plain = table.name.toLowerCase();
  return { table, plain, qualified: `${table.schema.toLowerCase()}.${plain}`, columns: table.columns.map(({ name }) => name.toLowerCase()).join('\n') };
}

function rankOf({ plain, qualified }: Entry, words: readonly string[]): number | undefined {
  const whole = words.join(' ');
  if (plain === whole || qualified === whole) return 0;
  if (plain.startsWith(whole)) return 1;
  return hasAll(plain, words) || hasAll(qualified, words) ? 2 : undefined;
}

/** Names of the first columns that have all words. */
function columnsOf({ table, columns }: Entry, words: readonly string[], most: number): readonly string[] {
  const names: string[] = [];
  // Most tables have none: one look at all of its names tells.
  if (!hasAll(columns, words)) return names;
  for (const { name } of table.columns) {
    if (names.length === most) break;
    if (hasAll(name.toLowerCase(), words)) names.push(name);
  }
  return names;
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
