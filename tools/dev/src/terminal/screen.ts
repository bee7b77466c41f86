/** As much of a writable stream as drawing needs. */
export interface ScreenStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const DEFAULT_COLUMNS = 80;
const CLEAR_DOWN = '\u001b[0J';

/**
 * Lines that stay, and below them lines that are redrawn. Where the stream is no terminal the latter are left out, and
 * whoever draws them prints plain lines now and then instead.
 */
export class Screen {
  #live: readonly string[] = [];
  #drawn = 0;

  constructor(private readonly stream: ScreenStream) {}

  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** Prints text that stays. */
  print(text = ''): void {
    this.#erase();
    this.stream.write(`${text}\n`);
    this.#draw();
  }

  /** Replaces the lines below. Each is cut to the width of the terminal. */
  live(lines: readonly string[]): void {
    if (!this.isTerminal) return;
    this.#erase();
    this.#live = lines;
    this.#draw();
  }

  #draw(): void {
    if (!this.isTerminal || this.#live.length === 0) return;
    // Some terminals say 0 when they do not know.
    const width = (this.stream.columns || DEFAULT_COLUMNS) - 1;
    this.stream.write(this.#live.map((line) => `${[...line].slice(0, width).join('')}\n`).join(''));
    this.#drawn = this.#live.length;
  }

  #erase(): void {
    if (this.#drawn === 0) return;
    this.stream.write(`\u001b[${this.#drawn}A\r${CLEAR_DOWN}`);
    this.#drawn = 0;
  }
}
