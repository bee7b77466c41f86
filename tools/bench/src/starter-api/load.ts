/** What clients met who sent their requests one after the other. */
export interface LoadFigures {
  /** Milliseconds that the requests took, without those that failed. */
  readonly millis: readonly number[];
  /** What failed, by its message: how often. */
  readonly errors: Readonly<Record<string, number>>;
  readonly elapsedMillis: number;
}

/** One request of a client: its number, and the how many-eth of it. @throws when the answer is not what it has to be */
export type Request = (client: number, turn: number) => Promise<unknown>;

/** Has clients send requests until `more` says no. */
export async function load(clients: number, more: (client: number, turn: number) => boolean, send: Request): Promise<LoadFigures> {
  const millis: number[] = [];
  const errors: Record<string, number> = {};
  const begun = performance.now();
  const client = async (number: number): Promise<void> => {
    for (let turn = 0; more(number, turn); turn++) {
      const sent = performance.now();
      try {
        await send(number, turn);
        millis.push(performance.now() - sent);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        errors[text] = (errors[text] ?? 0) + 1;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return { millis, errors, elapsedMillis: performance.now() - begun };
}

/** For `load`: goes on for that long, in milliseconds. */
export function until(millis: number): () => boolean {
  const end = performance.now() + millis;
  return () => performance.now() < end;
}

/** Several loads of the same kind as one. */
export function together(parts: readonly LoadFigures[]): LoadFigures {
  const errors: Record<string, number> = {};
  for (const [text, count] of parts.flatMap((part) => Object.entries(part.errors))) errors[text] = (errors[text] ?? 0) + count;
  return {
    millis: parts.flatMap((part) => part.millis),
    errors,
    elapsedMillis: parts.reduce((sum, part) => sum + part.elapsedMillis, 0),
  };
}
