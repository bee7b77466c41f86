import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { WorldSize } from './bench-world.js';
import type { Changes } from './change-world.js';

/** What the server has seen since its log was cleared. */
export interface RequestFigures {
  readonly count: number;
  /** Answered with anything but 200. */
  readonly failed: number;
  readonly distinct: number;
  readonly mostInFlight: number;
  /** Sum of the times that requests took. */
  readonly busyMillis: number;
  /** Requests by named operation, or by last part of the path. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** The look-alike in another process. */
export interface LookAlike {
  readonly url: string;
  /** Paths below the root of the version that a run cannot do without. */
  needed(): Promise<readonly string[]>;
  change(share: number): Promise<Changes>;
  figures(): Promise<RequestFigures>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export async function startLookAlike(size: WorldSize): Promise<LookAlike> {
  const child = fork(join(__dirname, 'look-alike-process.ts'), [JSON.stringify(size)], {
    execArgv: ['--conditions=@tributary/source', '--import', 'tsx'],
  });
  const exited = once(child, 'exit');
  const waiting = new Map<number, (result: unknown) => void>();
  let last = 0;
  child.on('message', ({ id, result }: { id: number; result: unknown }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const call = <T>(name: string, argument?: unknown): Promise<T> => {
    const answer = new Promise<T>((resolve) => waiting.set(++last, resolve as (result: unknown) => void));
    child.send({ id: last, call: name, argument });
    const ended = exited.then(() => Promise.reject(new Error(`The look-alike ended during "${name}"`)));
    return Promise.race([answer, ended]);
  };
  return {
    url: await call<string>('url'),
    needed: () => call('needed'),
    change: (share) => call('change', share),
    figures: () => call('figures'),
    clear: () => call('clear'),
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
