/** What the API notes on a run that it starts. */
export interface RunMemo {
  /** Qualified name of the connection of an extraction. */
  readonly connection?: string;
  /** What a flow is about, in a word or two: `team/some-team`. */
  readonly subject?: string;
  /** Fingerprint of the input, to tell a repeated request from another one under the same key. */
  readonly fingerprint: string;
}

/** What a list of runs shows of a memo. */
export type RunLabels = Pick<RunMemo, 'connection' | 'subject'>;

/** The memo of a run, or nothing of it where the run was started by other means. */
export function readMemo(memo: Readonly<Record<string, unknown>> | undefined): Partial<RunMemo> {
  const { fingerprint } = memo ?? {};
  return { ...readLabels(memo), ...(typeof fingerprint === 'string' ? { fingerprint } : {}) };
}

/** The part of a memo that is shown. */
export function readLabels(memo: Readonly<Record<string, unknown>> | undefined): RunLabels {
  const { connection, subject } = memo ?? {};
  return {
    ...(typeof connection === 'string' ? { connection } : {}),
    ...(typeof subject === 'string' ? { subject } : {}),
  };
}
