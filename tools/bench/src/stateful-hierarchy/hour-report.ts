import type { Goal } from '../benchmark.js';
import { median } from './report.js';

export interface Minute {
  readonly loads: number;
  /** Resident memory of the worker at the end of the minute. */
  readonly workerBytes: number;
}

export interface HourFigures {
  readonly datasets: number;
  readonly minutes: number;
  readonly realSeconds: number;
  /** By the server's clock. */
  readonly skippedSeconds: number;
  /** Loads of the dataset that had the fewest, and the most. */
  readonly fewestLoads: number;
  readonly mostLoads: number;
  /** Between two loads of a dataset, by the server's clock: of all, of the first half of each dataset's loads, of the last. */
  readonly meanGapMillis: number;
  readonly longestGapMillis: number;
  readonly firstGapMillis: number;
  readonly lastGapMillis: number;
  readonly longestHistory: number;
  readonly longestUpperHistory: number;
  /** Datasets that ended the hour in another run than the first; organization and source that did. */
  readonly inNewRuns: number;
  readonly upperInNewRuns: number;
  /** Requests that the API refused. */
  readonly failed: number;
  /** Datasets that the organization counts as ok at the end. */
  readonly known: number;
  readonly samples: readonly Minute[];
}

/** Events after which a run goes on in a new one, and what may come while it ends. */
const MOST_EVENTS = 300;
const MOST_MEMORY = 1.15;
const MOST_DRIFT = 0.05;

const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;
const seconds = (millis: number): string => `${(millis / 1000).toFixed(1)} s`;
const third = (samples: readonly Minute[], part: 1 | 2): number =>
  median(samples.slice(Math.floor((samples.length * part) / 3), Math.ceil((samples.length * (part + 1)) / 3)).map(({ workerBytes }) => workerBytes));

/** Compares the figures with what the project promises. Memory is compared from the second third on: the first fills caches. */
export function goals(figures: HourFigures): Goal[] {
  const growth = third(figures.samples, 2) / third(figures.samples, 1);
  const drift = figures.lastGapMillis / figures.firstGapMillis - 1;
  const longest = Math.max(figures.longestHistory, figures.longestUpperHistory);
  const least = Math.floor((figures.minutes / 1.3) * 0.95);
  return [
    { goal: `no history above ${String(MOST_EVENTS)} events`, measured: String(longest), met: longest <= MOST_EVENTS },
    { goal: "worker's memory in the last third ≤ 1.15 × that in the second", measured: growth.toFixed(2), met: growth <= MOST_MEMORY },
    { goal: 'time between loads in the second half within 5 % of the first', measured: `${(drift * 100).toFixed(1)} %`, met: Math.abs(drift) <= MOST_DRIFT },
    { goal: `every dataset loads at least ${String(least)} times`, measured: String(figures.fewestLoads), met: figures.fewestLoads >= least },
    { goal: 'all datasets are known to be ok at the end', measured: `${String(figures.known)} of ${String(figures.datasets)}`, met: figures.known === figures.datasets },
  ];
}

/** The page that is committed beside the figures. */
export function page(figures: HourFigures): string {
  const { datasets, minutes, realSeconds, skippedSeconds, samples } = figures;
  const every = Math.max(1, Math.floor(samples.length / 6));
  const rows = samples.flatMap(({ loads, workerBytes }, index) => ((index + 1) % every === 0 ? [`| ${String(index + 1)} | ${String(loads)} | ${mb(workerBytes)} |`] : []));
  const checks = goals(figures).map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'yes' : '**no**'} |`);
  return `# Benchmark: an hour of a hierarchy in skipped time

Written by \`npx nx run bench:stateful-hierarchy-hour\`: an organization, a source and ${String(datasets)} datasets on Temporal's
time-skipping test server, with loads every minute (jitter up to 30 %) from a catalog on the loopback interface. ${String(minutes)} minutes were
skipped one by one in ${realSeconds.toFixed(0)} s; the server's clock went on by ${skippedSeconds.toFixed(0)} s. That server never suggests a new run, so runs
have a budget of 200 events here.

- Loads of a dataset: ${String(figures.fewestLoads)} to ${String(figures.mostLoads)}; between two ${seconds(figures.meanGapMillis)} on average, ${seconds(figures.longestGapMillis)} at most; ${seconds(figures.firstGapMillis)} in the first
  half, ${seconds(figures.lastGapMillis)} in the second.
- Histories at the end: ${String(figures.longestHistory)} events at most of datasets, ${String(figures.longestUpperHistory)} of organization and source.
- In another run than the first: ${String(figures.inNewRuns)} datasets, ${String(figures.upperInNewRuns)} of organization and source.
- Requests that the API refused: ${String(figures.failed)}.

| Minute | Loads in it | Worker's memory |
|---|---|---|
${rows.join('\n')}

| Goal | Measured | Met |
|---|---|---|
${checks.join('\n')}
`;
}
