import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { problemOf, type Problem } from '../api/problem.js';

export interface Resource<T> {
  /** What was read last; stays while it is read again. */
  readonly value: T | undefined;
  /** Why the last attempt failed. */
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  /** Reads again now. */
  readonly reload: () => void;
}

/**
 * Reads something when `key` changes and, with `everyMs`, again and again while the page can be seen. Of an answer that
 * was overtaken by another key nothing is kept.
 */
export function useResource<T>(key: string, read: (signal: AbortSignal) => Promise<T>, everyMs?: number): Resource<T> {
  const [state, setState] = useState<{ key: string; value?: T | undefined; problem?: Problem | undefined; loading: boolean }>({ key, loading: true });
  const [turn, setTurn] = useState(0);
  const reading = useRef(read);
  reading.current = read;
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = async (first: boolean): Promise<void> => {
      // A tab in the background is read once, and goes on when somebody looks at it.
      if (first || !document.hidden) {
        try {
          const value = await reading.current(abort.signal);
          if (!abort.signal.aborted) setState({ key, value, loading: false });
        } catch (error) {
          if (!abort.signal.aborted) setState((before) => ({ ...before, key, problem: problemOf(error), loading: false }));
        }
      }
      if (everyMs !== undefined && !abort.signal.aborted) timer = setTimeout(() => void attempt(false), everyMs);
    };
    setState((before) => ({ key, value: before.key === key ? before.value : undefined, loading: true }));
    void attempt(true);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, everyMs, turn]);
  const reload = useCallback(() => { setTurn((before) => before + 1); }, []);
  const { value, problem, loading } = state.key === key ? state : { value: undefined, problem: undefined, loading: true };
  return { value, problem, loading, reload };
}
