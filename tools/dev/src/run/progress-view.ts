import type { BatchProgress, ExtractionProgress } from '@tributary/workflow-contracts/sql-metadata';
import { bar, formatCount, table } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';

const BAR_WIDTH = 30;
const BATCH_BAR_WIDTH = 16;
const MOST_BATCHES = 12;
/** How often a line is printed where nothing can be redrawn. */
const LINE_EVERY_MS = 2_000;

/** Draws the progress of a run: bars on a terminal, elsewhere a plain line now and then. */
export class ProgressView {
  #printed = 0;
  #phase = '';

  constructor(private readonly screen: Screen) {}

  show(progress: ExtractionProgress): void {
    if (this.screen.isTerminal) {
      this.screen.live(progressLines(progress));
      return;
    }
    const news = progress.phase !== this.#phase;
    if (!news && Date.now() - this.#printed < LINE_EVERY_MS) return;
    this.#phase = progress.phase;
    this.#printed = Date.now();
    this.screen.print(progressLine(progress));
  }

  /** Removes the bars. */
  end(): void {
    this.screen.live([]);
  }
}

/** `extracting: 1,200 of 5,000 records, 800 records/s` */
export function progressLine({ phase, done, total, rate }: ExtractionProgress): string {
  if (total === 0) return phase;
  return `${phase}: ${formatCount(done)} of ${formatCount(total)} records, ${formatCount(Math.round(rate))} records/s`;
}

/** One bar for the run, and one for each batch that is not done. */
export function progressLines(progress: ExtractionProgress): string[] {
  const { done, total, batches } = progress;
  const open = batches.filter(({ state }) => state === 'running');
  const rows = open.slice(0, MOST_BATCHES).map(batchRow);
  const more = open.length > MOST_BATCHES ? [`  and ${open.length - MOST_BATCHES} more`] : [];
  const finished = batches.filter(({ state }) => state === 'done').length;
  const head = `${bar(done, total, BAR_WIDTH)} ${progressLine(progress)}${batches.length > 0 ? `, ${finished} of ${batches.length} batches` : ''}`;
  return [head, ...table(rows, [3]).map((line) => `  ${line}`), ...more];
}

function batchRow({ database, kind, done, total }: BatchProgress): string[] {
  return [bar(done, total, BATCH_BAR_WIDTH), database, kind, `${formatCount(done)}/${formatCount(total)}`];
}
