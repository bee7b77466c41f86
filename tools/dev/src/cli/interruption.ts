const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
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

  /** `onImpatience` is called when the user asks again. */
  constructor(onImpatience: () => void) {
    let reject: (error: Error) => void = () => undefined;
    this.happened = new Promise<never>((_resolve, refuse) => (reject = refuse));
    this.happened.catch(() => undefined);
    const interrupt = (exitCode: number): void => {
      if (this.#at === undefined) {
        this.#at = Date.now();
        reject(new Interrupted(exitCode));
      } else if (Date.now() - this.#at > ECHO_MS) {
        onImpatience();
      }
    };
    const handlers = SIGNALS.map((signal, index) => [signal, () => { interrupt([130, 143, 129][index] ?? 1); }] as const);
    const orphaned = (): void => { interrupt(143); };
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
