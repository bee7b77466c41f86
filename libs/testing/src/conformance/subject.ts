/** What a suite tests, and how to end what stands behind it. */
export interface Subject<T> {
  readonly subject: T;
  close?(): Promise<void>;
}

/** Runs `make` before the suite and closes what it made after. The subject is there once a test runs. */
export type MakeSubject<T> = () => Promise<Subject<T>>;
