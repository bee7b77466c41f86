import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';

const RESULTS = resolve(__dirname, '../results');

/** What a benchmark is to show, what it showed, and whether that is enough. */
export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

/** What the machine did beside the benchmark: its load average when it began and when it ended. */
export interface Conditions {
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** Tells how far a benchmark is. */
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Number of an option. @throws RangeError for anything but a whole number from 1 to 999,999 */
export function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new RangeError(`A whole number from 1 is needed, not "${text}"`);
  return Number(text);
}

/** Measures, and notes the load of the machine before and after. */
export async function underLoad<R>(measure: () => Promise<R>): Promise<{ readonly figures: R; readonly conditions: Conditions }> {
  const [loadBefore = 0] = loadavg();
  const figures = await measure();
  const [loadAfter = 0] = loadavg();
  return { figures, conditions: { loadBefore, loadAfter } };
}

export interface Results {
  readonly figures: object;
  /** The same for people, as Markdown. */
  readonly page: string;
  readonly goals: readonly Goal[];
}

/** Writes `results/<name>.json` and `.md`, and tells which goals are met. */
export async function writeResults(name: string, { figures, page, goals }: Results): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  await writeFile(join(RESULTS, `${name}.md`), page);
  for (const { goal, measured, met } of goals) say(`${met ? 'met ' : 'MISS'}  ${goal}: ${measured}`);
}

/** Runs a benchmark as a program: what it throws is told, and ends it with code 1. */
export function runBenchmark(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  });
}
