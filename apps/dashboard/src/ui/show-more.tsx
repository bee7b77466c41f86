import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { count } from '../lib/format.js';

const MORE = 100;

export interface ShowMoreProps<T> {
  readonly rows: readonly T[];
  /** What the rows are: "warnings". */
  readonly noun: string;
  /** How many are shown at once. @default 10 */
  readonly first?: number;
  readonly children: (shown: readonly T[]) => ComponentChildren;
}

/** The first rows of many, and a button for the next. */
export function ShowMore<T>({ rows, noun, first = 10, children }: ShowMoreProps<T>) {
  const [shown, setShown] = useState(first);
  const rest = rows.length - shown;
  return (
    <>
      {children(rows.slice(0, shown))}
      {rest > 0 && (
        <div>
          <button type="button" class="small" onClick={() => { setShown((before) => before + MORE); }}>
            Show more {noun} ({count(rest)})
          </button>
        </div>
      )}
    </>
  );
}
