import type { FlowProgress } from '@tributary/workflow-contracts/etl';
import { bar, formatCount } from '../terminal/index.js';
import type { Screen } from '../terminal/index.js';

const BAR_WIDTH = 30;
/** How often a line is printed where nothing can be redrawn. */
const LINE_EVERY_MS = 2_000;

/** Draws the progress of a flow: a bar for each stage on a terminal, elsewhere a plain line now and then. */
export class FlowView {
  #printed = 0;
  readonly #stages = new Map<string, FlowProgress>();

  constructor(private readonly screen: Screen) {}

  show(progress: FlowProgress): void {
    const news = !this.#stages.has(progress.phase);
    this.#stages.set(progress.phase, progress);
    if (this.screen.isTerminal) {
      this.screen.live([...this.#stages.values()].filter(({ total }) => total > 0).map(flowLine));
      return;
    }
    if (!news && Date.now() - this.#printed < LINE_EVERY_MS) return;
    this.#printed = Date.now();
    this.screen.print(flowText(progress));
  }

  /** Removes the bars. */
  end(): void {
    this.screen.live([]);
  }
}

/** `visit: 120 of 400, 55/s, 1,234 events (1,200 new, 4 changed, 30 unchanged)` */
export function flowText({ phase, done, total, rate, events }: FlowProgress): string {
  const { inserted, updated, unchanged } = events;
  const all = inserted + updated + unchanged;
  const loaded = all === 0 ? '' : `, ${formatCount(all)} events (${formatCount(inserted)} new, ${formatCount(updated)} changed, ${formatCount(unchanged)} unchanged)`;
  if (total === 0) return `${phase}${loaded}`;
  return `${phase}: ${formatCount(done)} of ${formatCount(total)}, ${formatCount(Math.round(rate))}/s${loaded}`;
}

function flowLine(progress: FlowProgress): string {
  return `${bar(progress.done, progress.total, BAR_WIDTH)} ${flowText(progress)}`;
}
