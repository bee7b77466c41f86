import { useEffect, useRef, useState } from 'preact/hooks';
import { getRun } from '../../api/runs.js';
import type { Run, RunSummary } from '../../api/types.js';

/** For so many runs at a time: the API bounds what one address may ask. */
const EVERY_MS = 2_000;
const EVERY_MS_IS_FOR = 4;
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
          if (state && !abort.signal.aborted) setKnown((before) => withState(before, wanted.current, state));
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, read));
      const pauses = Math.max(1, Math.ceil(wanted.current.length / EVERY_MS_IS_FOR));
      if (!abort.signal.aborted) timer = setTimeout(() => void round(), pauses * EVERY_MS);
    };
    void round();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key]);
  return known;
}

/** What is known of the wanted runs, with the new state of one; of others nothing is kept. */
function withState(known: ReadonlyMap<string, Run>, wanted: readonly RunSummary[], state: Run): ReadonlyMap<string, Run> {
  const kept = wanted.flatMap(({ runId }) => {
    const before = known.get(runId);
    return before ? [[runId, before] as const] : [];
  });
  return new Map([...kept, [state.runId, state]]);
}
