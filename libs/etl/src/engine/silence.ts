/** Tells when somebody who is waited for gives no sign of life for too long. Listens only between `listen` and `rest`. */
export class Silence {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limitMs: number,
    private readonly onTooLong: () => void,
  ) {}

  listen(): void {
    this.rest();
    this.#timer = setTimeout(this.onTooLong, this.limitMs);
  }

  /** A sign of life. */
  broken(): void {
    this.#timer?.refresh();
  }

  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
