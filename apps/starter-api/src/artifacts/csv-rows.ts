/** A cell of a row: a text, a number or truth value as text that nothing is done to, or nothing. */
export type Cell = { readonly text: string; readonly plain: boolean };

/** A record as cells by column. */
export type Row = ReadonlyMap<string, Cell>;

/** Characters that make a spreadsheet take a cell for a formula, the full-width ones of East Asian keyboards too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Quoted for RFC 4180; and where a spreadsheet of some locale would see the end of a cell. */
const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/**
 * A JSON record as one level of cells. Properties of objects become columns of their own, their names joined by `.`; a `.`
 * or `\` within a name is escaped by `\`, so that no two places share a column. Lists stay JSON. What is null, absent or an
 * empty object has no cell.
 */
export function flatten(record: unknown): Row {
  const row = new Map<string, Cell>();
  const walk = (value: unknown, column: string): void => {
    if (value === null || value === undefined) return;
    if (typeof value === 'object' && !Array.isArray(value)) {
      for (const [name, part] of Object.entries(value)) walk(part, column === '' ? escaped(name) : `${column}.${escaped(name)}`);
      return;
    }
    const plain = typeof value === 'number' || typeof value === 'boolean';
    row.set(column === '' ? 'value' : column, { text: typeof value === 'string' ? value : JSON.stringify(value), plain });
  };
  walk(record, '');
  return row;
}

/** The line of a header. */
export function csvHeader(columns: readonly string[]): string {
  return line(columns.map((text) => csvCell({ text, plain: false })));
}

/** The line of a row. */
export function csvLine(columns: readonly string[], row: Row): string {
  return line(columns.map((column) => csvCell(row.get(column))));
}

/**
 * A cell as RFC 4180 has it. Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers of the
 * record, which may begin with a minus, stay. An empty text is `""`, no value is nothing.
 */
export function csvCell(cell: Cell | undefined): string {
  if (!cell) return '';
  const { text, plain } = cell;
  if (plain) return text;
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return text === '' || guarded !== text || QUOTED.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function escaped(name: string): string {
  return name.replace(/[\\.]/g, '\\$&');
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}
