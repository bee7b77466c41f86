import { useCallback, useEffect, useState } from 'preact/hooks';
import { eventStream } from '../../api/event-stream.js';
import { isProblem, problemOf, type Problem } from '../../api/problem.js';
import { getRun } from '../../api/runs.js';
import type { Run, RunProgress } from '../../api/types.js';

const RECONNECT_MS = 2_000;

export interface WatchedRun {
  readonly run: Run | undefined;
  /** Why it could not be read last. */
  readonly problem: Problem | undefined;
  /** Reads it again: after something was done to it. */
  readonly reload: () => void;
}

/** A run, kept up to date by its stream of events until it has ended. */
export function useRun(workflowId: string, runId: string | undefined): WatchedRun {
  const [run, setRun] = useState<Run>();
  const [problem, setProblem] = useState<Problem>();
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const follow = async (): Promise<'ended' | 'again'> => {
      const current = await getRun(workflowId, runId, { signal });
      setRun(current);
      setProblem(undefined);
      if (current.status !== 'running') return 'ended';
      for await (const { event, data } of eventStream(current.links.progress, signal)) {
        if (event === 'end') {
          setRun(data as Run);
          return 'ended';
        }
        if (event === 'error') {
          if (isProblem(data)) setProblem(data);
          return 'again';
        }
        if (event === 'progress') setRun((before) => before && withoutProblem(before, data as RunProgress));
        if (event === 'unavailable' && isProblem(data)) setRun((before) => before && { ...before, progressUnavailable: data });
      }
      return 'again';
    };
    // Another run of the same workflow id: nothing of the one before.
    setRun((before) => (runId === undefined || before?.runId === runId ? before : undefined));
    const watch = async (): Promise<void> => {
      while (!signal.aborted) {
        try {
          if ((await follow()) === 'ended') return;
        } catch (error) {
          if (signal.aborted) return;
          const failed = problemOf(error);
          setProblem(failed);
          // Of what is not there, or not for this key, there will be nothing later either.
          if (failed.status >= 400 && failed.status < 500 && failed.status !== 429) return;
        }
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    };
    void watch();
    return () => { abort.abort(); };
  }, [workflowId, runId, turn]);
  return { run, problem, reload: useCallback(() => { setTurn((before) => before + 1); }, []) };
}

function withoutProblem({ progressUnavailable: _, ...run }: Run, progress: RunProgress): Run {
  return { ...run, progress };
}
