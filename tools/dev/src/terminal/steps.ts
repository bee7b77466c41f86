import { formatDuration } from './format.js';
import type { Screen } from './screen.js';

const REDRAW_MS = 100;
/** How often a step that takes long is mentioned where nothing can be redrawn. */
const MENTION_MS = 10_000;

interface Step {
  readonly title: string;
  readonly started: number;
  detail: string;
  mentioned: number;
}

/** Shows steps while they run, several at a time, with their duration and a word on how far they are. */
export class Steps {
  readonly #running = new Set<Step>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly screen: Screen) {}

  /**
   * Runs one step. `fn` may tell details while it runs, and returns a note on its result, or nothing. Whatever it
   * throws goes through.
   */
  async run<T>(title: string, fn: (tell: (detail: string) => void) => Promise<T>, note?: (result: T) => string): Promise<T> {
    const now = Date.now();
    const step: Step = { title, started: now, detail: '', mentioned: now };
    this.#running.add(step);
    this.#timer ??= setInterval(() => { this.#refresh(); }, REDRAW_MS).unref();
    this.#refresh();
    try {
      const result = await fn((detail) => (step.detail = detail));
      this.#end(step, '✓', note?.(result));
      return result;
    } catch (error) {
      this.#end(step, '✗');
      throw error;
    }
  }

  #end(step: Step, mark: string, note?: string): void {
    this.#running.delete(step);
    if (this.#running.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.screen.live(this.#lines());
    this.screen.print(`${mark} ${step.title}${note ? `: ${note}` : ''} (${formatDuration(Date.now() - step.started)})`);
  }

  #refresh(): void {
    if (this.screen.isTerminal) {
      this.screen.live(this.#lines());
      return;
    }
    for (const step of this.#running) {
      if (Date.now() - step.mentioned < MENTION_MS) continue;
      step.mentioned = Date.now();
      this.screen.print(`… ${describe(step)}`);
    }
  }

  #lines(): string[] {
    return [...this.#running].map((step) => `… ${describe(step)}`);
  }
}

function describe({ title, detail, started }: Step): string {
  return `${title}${detail ? `: ${detail}` : ''} (${formatDuration(Date.now() - started)})`;
}
