const FIRST_ROWS = 1_000;
const GROWTH = 8;
const FETCH_BYTES = 4_000_000;

/**
 * How many rows to fetch at a time, by the size of those that came before: a row of a catalog has a hundred bytes or, with
 * a long body or comment, a million times as many, and two fetches are in memory at once.
 */
export class FetchSize {
  rows: number;

  /** @param first rows before anything is known of their size */
  constructor(
    private readonly most: number,
    first = FIRST_ROWS,
  ) {
    this.rows = Math.min(first, most);
  }

  /** Learns that the last `rows` had `bytes`. */
  learn(bytes: number): void {
    const fitting = Math.floor((this.rows * FETCH_BYTES) / Math.max(bytes, 1));
    this.rows = Math.max(1, Math.min(fitting, this.rows * GROWTH, this.most));
  }
}
