const SIGINT_CODE = 130;
/** Signals that end us, with the exit codes that shells give them. */
const EXIT_CODES = { SIGINT: SIGINT_CODE, SIGTERM: 143, SIGHUP: 129 } as const;
/** A signal from the terminal comes twice, once through each parent that forwards it. */
const ECHO_MS = 1_000;

/** Thrown where the user has ended the program. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super('Interrupted');
  }
}

/** Waits for the user, or the death of our parent, to end the program. */
export class Interruption {
  /** Rejects with `Interrupted`; otherwise stays pending. */
  readonly happened: Promise<never>;
  #at: number | undefined;
  readonly #release: () => void;

  /** `onImpatience` is called when the user presses Ctrl-C again. */
  constructor(onImpatience: () => void) {
    let reject: (error: Error) => void = () => undefined;
    this.happened = new Promise<never>((_resolve, refuse) => (reject = refuse));
    this.happened.catch(() => undefined);
    const interrupt = (exitCode: number): void => {
      if (this.#at === undefined) {
        this.#at = Date.now();
        reject(new Interrupted(exitCode));
      } else if (exitCode === SIGINT_CODE && Date.now() - this.#at > ECHO_MS) {
        onImpatience();
      }
    };
    const handlers = Object.entries(EXIT_CODES).map(([signal, code]) => [signal, () => { interrupt(code); }] as const);
    const orphaned = (): void => { interrupt(EXIT_CODES.SIGTERM); };
    for (const [signal, handler] of handlers) process.on(signal, handler);
    process.on('disconnect', orphaned);
    // The channel is there to notice the parent's death, and must not keep us alive.
    process.channel?.unref();
    this.#release = () => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
      process.off('disconnect', orphaned);
    };
  }

  /** Stops listening. */
  release(): void {
    this.#release();
  }
}
