import { useEffect, useRef, useState } from 'preact/hooks';
import { getRun } from '../../api/runs.js';
import type { Run, RunSummary } from '../../api/types.js';

const EVERY_MS = 2_000;
/** Browsers open six connections to a host: a stream for each run would leave none for anything else. */
const AT_A_TIME = 3;
const AT_MOST = 12;

/** The latest known state of the runs that are running, the first of them, by run id. */
export function useProgressOf(runs: readonly RunSummary[]): ReadonlyMap<string, Run> {
  const [known, setKnown] = useState<ReadonlyMap<string, Run>>(new Map());
  const running = runs.filter(({ status }) => status === 'running').slice(0, AT_MOST);
  const key = running.map(({ runId }) => runId).join();
  const wanted = useRef(running);
  wanted.current = running;
  useEffect(() => {
    if (key === '') return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const round = async (): Promise<void> => {
      const queue = document.hidden ? [] : [...wanted.current];
      const read = async (): Promise<void> => {
        for (let run = queue.shift(); run && !abort.signal.aborted; run = queue.shift()) {
          // The list itself tells when the API is away.
          const state = await getRun(run.workflowId, run.runId, { signal: abort.signal }).catch(() => undefined);
          if (state && !abort.signal.aborted) setKnown((before) => new Map(before).set(state.runId, state));
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, read));
      if (!abort.signal.aborted) timer = setTimeout(() => void round(), EVERY_MS);
    };
    void round();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key]);
  return known;
}
