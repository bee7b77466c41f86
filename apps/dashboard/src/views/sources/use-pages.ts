import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../../api/problem.js';

export interface Pages<T> {
  /** What was read so far, a page after the other. */
  readonly pages: readonly T[];
  readonly problem: Problem | undefined;
  readonly busy: boolean;
  /** Reads the page after the last one, or once more the one that failed. */
  readonly more: () => void;
}

/** Pages of something that is asked a live source: the first one at once when `key` comes, the others on demand. */
export function usePages<T>(key: string | undefined, read: (last: T | undefined, signal: AbortSignal) => Promise<T>): Pages<T> {
  const [state, setState] = useState<{ readonly key: string | undefined; readonly pages: readonly T[]; readonly problem?: Problem; readonly busy: boolean }>({ key, pages: [], busy: false });
  const reading = useRef(read);
  reading.current = read;
  const abort = useRef<AbortController>(null);
  const ask = useCallback(
    async (pages: readonly T[]): Promise<void> => {
      abort.current?.abort();
      const asked = new AbortController();
      abort.current = asked;
      setState({ key, pages, busy: true });
      try {
        const page = await reading.current(pages.at(-1), asked.signal);
        if (!asked.signal.aborted) setState({ key, pages: [...pages, page], busy: false });
      } catch (error) {
        if (!asked.signal.aborted) setState({ key, pages, problem: problemOf(error), busy: false });
      }
    },
    [key],
  );
  useEffect(() => {
    if (key !== undefined) void ask([]);
    return () => { abort.current?.abort(); };
  }, [key, ask]);
  const { pages, problem, busy } = state.key === key ? state : { pages: [], problem: undefined, busy: true };
  return { pages, problem, busy, more: () => void ask(pages) };
}
