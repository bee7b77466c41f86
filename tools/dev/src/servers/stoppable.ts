import type { ProcessExit } from '../process/index.js';

/** What every server that we start offers. */
export interface StoppableServer {
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process has ended, however; never rejects. */
  readonly exited: Promise<ProcessExit>;
  /** Ends it in order, by force after a bound. Safe to repeat. */
  stop(): Promise<void>;
  /** Ends it with SIGKILL, as a crash would. Data that was asked to be kept stays. */
  kill(): Promise<void>;
}
