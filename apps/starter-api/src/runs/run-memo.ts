/** What the API notes on a run that it starts. */
export interface RunMemo {
  /** Qualified name of the connection. */
  readonly connection: string;
  /** Fingerprint of the input, to tell a repeated request from another one under the same key. */
  readonly fingerprint: string;
}

/** The memo of a run, or nothing of it where the run was started by other means. */
export function readMemo(memo: Readonly<Record<string, unknown>> | undefined): Partial<RunMemo> {
  const { connection, fingerprint } = memo ?? {};
  return {
    ...(typeof connection === 'string' ? { connection } : {}),
    ...(typeof fingerprint === 'string' ? { fingerprint } : {}),
  };
}
