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

/**
 * Tables whose name has all words of a text, or that have columns whose names do. `schema.table` narrows to a schema.
 * Exact names come first, then beginnings, then parts of names, then columns.
 */
export function searchCatalog({ tables }: Catalog, text: string, most: number): Hits {
  const words = text.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return { hits: [], total: 0 };
  const found: (Hit & { readonly rank: number })[] = [];
  for (const table of tables.values()) {
    const columns = table.columns.filter(({ name }) => hasAll(name.toLowerCase(), words)).map(({ name }) => name);
    const rank = rankOf(table, words);
    if (rank !== undefined) found.push({ table, columns: columns.slice(0, COLUMNS_SHOWN), rank });
    else if (columns.length > 0) found.push({ table, columns: columns.slice(0, COLUMNS_SHOWN), rank: 3 });
  }
  found.sort((a, b) => a.rank - b.rank || a.table.name.length - b.table.name.length || a.table.qualifiedName.localeCompare(b.table.qualifiedName));
  return { hits: found.slice(0, most).map(({ table, columns }) => ({ table, columns })), total: found.length };
}

function rankOf({ name, schema }: CatalogTable, words: readonly string[]): number | undefined {
  const plain = name.toLowerCase();
  const qualified = `${schema.toLowerCase()}.${plain}`;
  const whole = words.join(' ');
  if (plain === whole || qualified === whole) return 0;
  if (plain.startsWith(whole)) return 1;
  return hasAll(plain, words) || hasAll(qualified, words) ? 2 : undefined;
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
