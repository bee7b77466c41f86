import type { CatalogTable } from './catalog.js';
import type { Neighbourhood, Relation } from './neighbourhood.js';

export const ROW_HEIGHT = 20;
export const HEADER_HEIGHT = 30;
export const CHARACTER_WIDTH = 7.3;
const PADDING = 12;
const COLUMN_GAP = 80;
const ROW_GAP = 22;
const MARGIN = 24;
const LEAST_WIDTH = 150;
const MOST_WIDTH = 250;
const MOST_ROWS = 10;
const SWEEPS = 4;

export interface BoxRow {
  readonly name: string;
  readonly primary: boolean;
  readonly foreign: boolean;
}

export interface Box {
  readonly table: CatalogTable;
  readonly step: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly BoxRow[];
  /** Columns that are not drawn. */
  readonly more: number;
}

export interface Line {
  readonly relation: Relation;
  /** Of an SVG path, from the table that has the key to the one that it references. */
  readonly path: string;
  /** Where the path begins, and which way it leaves: -1 left, 1 right. */
  readonly start: { readonly x: number; readonly y: number; readonly side: 1 | -1 };
  readonly end: { readonly x: number; readonly y: number; readonly side: 1 | -1 };
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

type Sized = Omit<Box, 'x' | 'y'>;

/**
 * Places a neighbourhood: what references the table to its left, what it references to its right, each step in a column
 * of its own; within a column in an order in which lines cross little.
 */
export function layOut({ neighbours, relations }: Neighbourhood): Drawing {
  const sized = neighbours.map(({ table, step }) => sizeOf(table, step, relations));
  const steps = [...new Set(sized.map(({ step }) => step))].sort((a, b) => a - b);
  const columns = ordered(steps.map((step) => sized.filter((box) => box.step === step)), relations);
  const heights = columns.map((column) => column.reduce((sum, { height }) => sum + height, 0) + ROW_GAP * (column.length - 1));
  const highest = Math.max(0, ...heights);
  const boxes: Box[] = [];
  let x = MARGIN;
  columns.forEach((column, at) => {
    const width = Math.max(...column.map((box) => box.width));
    let y = MARGIN + (highest - (heights[at] ?? 0)) / 2;
    for (const box of column) {
      boxes.push({ ...box, width, x, y });
      y += box.height + ROW_GAP;
    }
    x += width + COLUMN_GAP;
  });
  const placed = new Map(boxes.map((box) => [box.table.qualifiedName, box]));
  const lines = relations.flatMap((relation) => {
    const from = placed.get(relation.from);
    const to = placed.get(relation.to);
    return from && to ? [lineOf(relation, from, to)] : [];
  });
  // A line within a column bulges out of it, the last one to the right.
  return { width: x - COLUMN_GAP + MARGIN + (lines.some(({ start, end }) => start.side === end.side) ? MARGIN : 0), height: highest + 2 * MARGIN, boxes, lines };
}

function sizeOf(table: CatalogTable, step: number, relations: readonly Relation[]): Sized {
  const tied = new Set<string>();
  for (const { from, to, fromColumns, toColumns } of relations) {
    if (from === table.qualifiedName) for (const name of fromColumns) tied.add(name);
    if (to === table.qualifiedName) for (const name of toColumns) tied.add(name);
  }
  const keys = table.columns.filter(({ name, primary, foreign }) => primary || foreign || tied.has(name));
  // The table in the middle shows more than what ties it to others.
  const wanted = step === 0 ? [...keys, ...table.columns.filter((column) => !keys.includes(column))] : keys;
  const rows = wanted.slice(0, MOST_ROWS).map(({ name, primary, foreign }) => ({ name, primary, foreign }));
  const more = table.columns.length - rows.length;
  const longest = Math.max(table.name.length + 2, ...rows.map(({ name }) => name.length + 5));
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.ceil(longest * CHARACTER_WIDTH) + 2 * PADDING));
  return { table, step, rows, more, width, height: HEADER_HEIGHT + (rows.length + (more > 0 ? 1 : 0)) * ROW_HEIGHT + 6 };
}

/** Columns, each in the order of the mean place of what its tables are tied to. */
function ordered(columns: readonly (readonly Sized[])[], relations: readonly Relation[]): readonly (readonly Sized[])[] {
  const tied = new Map<string, string[]>();
  for (const { from, to } of relations) {
    tied.set(from, [...(tied.get(from) ?? []), to]);
    tied.set(to, [...(tied.get(to) ?? []), from]);
  }
  let current = columns.map((column) => [...column].sort((a, b) => a.table.name.localeCompare(b.table.name)));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const places = new Map(current.flatMap((column) => column.map(({ table }, at) => [table.qualifiedName, (at + 0.5) / column.length] as const)));
    const mean = ({ table: { qualifiedName } }: Sized): number => {
      const others = (tied.get(qualifiedName) ?? []).filter((name) => name !== qualifiedName).map((name) => places.get(name) ?? 0.5);
      return others.length === 0 ? 0.5 : others.reduce((sum, place) => sum + place, 0) / others.length;
    };
    current = current.map((column) => [...column].sort((a, b) => mean(a) - mean(b)));
  }
  return current;
}

function lineOf(relation: Relation, from: Box, to: Box): Line {
  const startY = rowY(from, relation.fromColumns[0]);
  const endY = rowY(to, relation.toColumns[0]);
  const [startSide, endSide]: readonly [1 | -1, 1 | -1] = from.step === to.step ? [1, 1] : from.step < to.step ? [1, -1] : [-1, 1];
  const start = { x: sideX(from, startSide), y: startY, side: startSide };
  const end = { x: sideX(to, endSide), y: endY, side: endSide };
  const bend = from.step === to.step ? 40 : Math.max(40, Math.abs(end.x - start.x) / 2);
  const path = `M${start.x} ${start.y}C${start.x + startSide * bend} ${start.y} ${end.x + endSide * bend} ${end.y} ${end.x} ${end.y}`;
  return { relation, path, start, end };
}

function sideX({ x, width }: Box, side: 1 | -1): number {
  return side === 1 ? x + width : x;
}

/** Middle of the row of a column; of the last one where it is not drawn. */
function rowY({ y, rows }: Box, column: string | undefined): number {
  const at = rows.findIndex(({ name }) => name === column);
  if (rows.length === 0) return y + HEADER_HEIGHT / 2;
  return y + HEADER_HEIGHT + (at < 0 ? rows.length : at) * ROW_HEIGHT + ROW_HEIGHT / 2;
}
