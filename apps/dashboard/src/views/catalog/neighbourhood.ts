import type { Catalog, CatalogTable } from './catalog.js';

/** A foreign key between two tables of a neighbourhood. */
export interface Relation {
  readonly name: string;
  /** Qualified name of the table that has the key, and of the one that it references. */
  readonly from: string;
  readonly to: string;
  readonly fromColumns: readonly string[];
  readonly toColumns: readonly string[];
}

export interface Neighbour {
  readonly table: CatalogTable;
  /** Steps from the table in the middle: negative where keys lead to it, positive where they lead away from it. */
  readonly step: number;
}

export interface Neighbourhood {
  /** The table in the middle first. */
  readonly neighbours: readonly Neighbour[];
  readonly relations: readonly Relation[];
  /** Tables that are as near and were left out. */
  readonly omitted: number;
}

/** Every foreign key between two tables that the catalog has. */
export function relationsOf({ tables }: Catalog): readonly Relation[] {
  return [...tables.values()].flatMap(({ qualifiedName, keys }) =>
    keys.flatMap(({ name, columns, references }) =>
      references && tables.has(references.table)
        ? [{ name, from: qualifiedName, to: references.table, fromColumns: columns, toColumns: references.columns }]
        : [],
    ),
  );
}

/** A table with those that foreign keys tie to it within some steps; the nearest `most` of them. */
export function neighbourhoodOf(catalog: Catalog, relations: readonly Relation[], middle: CatalogTable, steps: number, most: number): Neighbourhood {
  const found = new Map<string, number>([[middle.qualifiedName, 0]]);
  let omitted = 0;
  let edge: readonly string[] = [middle.qualifiedName];
  for (let distance = 1; distance <= steps; distance++) {
    const next = new Map<string, number>();
    const here = new Set(edge);
    for (const { from, to } of relations) {
      // Whoever is reached through a table on the left stays on the left: boxes keep to their side.
      if (here.has(from) && !found.has(to) && !next.has(to)) next.set(to, sideOf(found.get(from) ?? 0, 1) * distance);
      if (here.has(to) && !found.has(from) && !next.has(from)) next.set(from, sideOf(found.get(to) ?? 0, -1) * distance);
    }
    const kept = [...next].sort(([a], [b]) => a.localeCompare(b)).slice(0, Math.max(0, most - found.size));
    omitted += next.size - kept.length;
    for (const [name, step] of kept) found.set(name, step);
    edge = kept.map(([name]) => name);
  }
  const neighbours = [...found].flatMap(([name, step]) => {
    const table = catalog.tables.get(name);
    return table ? [{ table, step }] : [];
  });
  return { neighbours, relations: relations.filter(({ from, to }) => found.has(from) && found.has(to)), omitted };
}

function sideOf(step: number, otherwise: 1 | -1): number {
  return step === 0 ? otherwise : Math.sign(step);
}
