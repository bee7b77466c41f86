import type { LoadFigures } from './load.js';
import type { StartCount } from './starts.js';
import { quantile } from './statistics.js';

export interface Sizes {
  /** Finished runs that are there. */
  readonly runs: number;
  /** An even number: two of them send each start. */
  readonly clients: number;
  readonly starts: number;
  readonly rounds: number;
  /** Of each kind of reading in each round. */
  readonly seconds: number;
}

/** One kind of request of one side. */
export interface SideFigures {
  readonly answered: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly perSecond: number;
  readonly medianMillis: number;
  readonly p99Millis: number;
}

/** One kind of request, through the API and past it. */
export interface LaneFigures {
  readonly api: SideFigures;
  /** One call to Temporal. */
  readonly bare: SideFigures;
  /** The calls to Temporal that the answer of the API takes; the same as `bare` where that is one. */
  readonly needed: SideFigures;
  /** CPU of the API's process for each answer. */
  readonly cpuMillisPerAnswer: number;
  /** The worst of all rounds. */
  readonly lagP99Millis: number;
}

export interface StartFigures extends LaneFigures {
  readonly count: StartCount;
  readonly bareCount: StartCount;
}

/** Resident bytes of the API's process. */
export interface MemoryFigures {
  /** Before it had served anything but probes. */
  readonly idleBytes: number;
  /** At the end of the warm-up. */
  readonly beforeBytes: number;
  /** The median of each round of reading. */
  readonly roundBytes: readonly number[];
  /** Once all was started and listed. */
  readonly afterBytes: number;
  /** Since the warm-up. */
  readonly mostBytes: number;
}

export interface Figures {
  readonly sizes: Sizes;
  readonly seedMillis: number;
  /** Seeded runs in the whole list, page after page. */
  readonly listed: { readonly all: number; readonly distinct: number };
  readonly status: LaneFigures;
  readonly list: LaneFigures;
  readonly starts: StartFigures;
  readonly memory: MemoryFigures;
}

export function laneFigures(
  api: LoadFigures,
  bare: LoadFigures,
  needed: LoadFigures,
  { cpuMillis, lagP99Millis }: { readonly cpuMillis: number; readonly lagP99Millis: number },
): LaneFigures {
  return { api: side(api), bare: side(bare), needed: side(needed), cpuMillisPerAnswer: cpuMillis / api.millis.length, lagP99Millis };
}

function side({ millis, errors, elapsedMillis }: LoadFigures): SideFigures {
  return {
    answered: millis.length,
    errors,
    perSecond: millis.length / (elapsedMillis / 1_000),
    medianMillis: quantile(millis, 0.5),
    p99Millis: quantile(millis, 0.99),
  };
}
