/** A node of a tree as it is on the page, in the order from top to bottom. */
export interface TreeRow {
  readonly key: string;
  /** From 1. */
  readonly level: number;
  /** Absent where nothing can be below it. */
  readonly expanded?: boolean | undefined;
}

/** What a key asks for. */
export type TreeMove = { readonly focus: string } | { readonly expand: string } | { readonly collapse: string };

/** What a key does in a tree, by the practice of ARIA: up, down, in, out, to the ends. Undefined for other keys. */
export function treeMove(rows: readonly TreeRow[], current: string, key: string): TreeMove | undefined {
  const at = rows.findIndex((row) => row.key === current);
  const row = rows[at];
  if (!row) return undefined;
  const focus = (to: TreeRow | undefined): TreeMove | undefined => to && { focus: to.key };
  switch (key) {
    case 'ArrowDown':
      return focus(rows[at + 1]);
    case 'ArrowUp':
      return focus(rows[at - 1]);
    case 'Home':
      return focus(rows[0]);
    case 'End':
      return focus(rows.at(-1));
    case 'ArrowRight': {
      if (row.expanded === false) return { expand: row.key };
      const next = rows[at + 1];
      return next && next.level > row.level ? focus(next) : undefined;
    }
    case 'ArrowLeft':
      if (row.expanded === true) return { collapse: row.key };
      return focus(rows.slice(0, at).findLast(({ level }) => level < row.level));
    default:
      return undefined;
  }
}
