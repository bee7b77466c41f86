import { cpus, totalmem } from 'node:os';
import type { Goal } from '../benchmark.js';
import { IN_FLIGHT, LATENCY_MS, MEMBERS } from './conditions.js';

/** Figures of the runs on one world. Times are medians, in milliseconds; counts are the same in every round. */
export interface WorldFigures {
  readonly name: string;
  readonly bugs: number;
  readonly proposals: number;
  readonly questions: number;
  readonly events: number;
  readonly floorRequests: number;
  readonly floorMillis: number;
  /** Mean time of a request of the floor. */
  readonly requestMillis: number;
  readonly flowRequests: number;
  readonly flowMillis: number;
  /** Share of the slots' time in which requests were in flight. */
  readonly slotUse: number;
  readonly mostInFlight: number;
  readonly workerPeakBytes: number;
  readonly activities: number;
  readonly historyEvents: number;
  readonly phaseMillis: Readonly<Record<string, number>>;
  readonly incremental: IncrementalFigures;
}

export interface IncrementalFigures {
  readonly changed: number;
  readonly requests: number;
  readonly millis: number;
  readonly events: number;
  /** Deeds of the changes. */
  readonly deeds: number;
  /** Deeds that no event tells of, and events that no deed led to. */
  readonly differences: number;
  readonly mostInFlight: number;
  readonly historyEvents: number;
}

/** How many times the floor's time a whole run may take. */
const MOST_TIMES_FLOOR = 1.3;
const MOST_INCREMENTAL = 0.1;
const MEMORY_SPREAD = 0.15;

const seconds = (millis: number): string => `${(millis / 1_000).toFixed(1)} s`;
const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Time below which nobody can be who has so many requests to make. */
export function formulaMillis({ floorRequests }: Pick<WorldFigures, 'floorRequests'>): number {
  return (floorRequests * LATENCY_MS) / IN_FLIGHT;
}

/**
 * Compares the figures with what the project promises. What a later run costs is judged on the largest world: of a small
 * one the listings of so many people are more than that by themselves.
 */
export function goals(worlds: readonly WorldFigures[]): Goal[] {
  const largest = Math.max(...worlds.map(({ bugs }) => bugs));
  const perWorld = worlds.flatMap((world): Goal[] => {
    const { name, incremental } = world;
    const times = world.flowMillis / world.floorMillis;
    const share = incremental.requests / world.flowRequests;
    const most = Math.max(world.mostInFlight, incremental.mostInFlight);
    return [
      { goal: `${name}: whole flow ≤ ${String(MOST_TIMES_FLOOR)} × bare script`, measured: times.toFixed(2), met: times <= MOST_TIMES_FLOOR },
      ...(world.bugs === largest ? [{ goal: `${name}: requests of the run after 3 % changed < 10 % of the first's`, measured: percent(share), met: share < MOST_INCREMENTAL }] : []),
      { goal: `${name}: that run loads what was changed, and nothing else`, measured: `${String(incremental.differences)} differences in ${String(incremental.deeds)}`, met: incremental.differences === 0 },
      { goal: `${name}: requests in flight ≤ ${String(IN_FLIGHT)}`, measured: String(most), met: most <= IN_FLIGHT },
    ];
  });
  const lengths = new Set(worlds.flatMap(({ historyEvents, incremental }) => [historyEvents, incremental.historyEvents]));
  const peaks = worlds.map(({ workerPeakBytes }) => workerPeakBytes);
  const spread = Math.max(...peaks) / Math.min(...peaks) - 1;
  return [
    ...perWorld,
    { goal: 'history of equal length whatever the size', measured: [...lengths].join(' and '), met: lengths.size === 1 },
    { goal: `worker's peak memory within ${percent(MEMORY_SPREAD)} between the sizes`, measured: percent(spread), met: spread <= MEMORY_SPREAD },
  ];
}

/** The page that is committed beside the figures. */
export function page(worlds: readonly WorldFigures[], rounds: number): string {
  const whole = worlds.map(
    (world) =>
      `| ${world.name}: ${String(world.bugs)} bugs, ${String(world.proposals)} proposals, ${String(world.questions)} questions | ${String(world.floorRequests)} | ${seconds(formulaMillis(world))} | ${seconds(world.floorMillis)} | ${String(world.flowRequests)} | ${seconds(world.flowMillis)} | ${(world.flowMillis / world.floorMillis).toFixed(2)} | ${percent(world.slotUse)} | ${String(world.events)} | ${mb(world.workerPeakBytes)} | ${String(world.activities)} | ${String(world.historyEvents)} |`,
  );
  const later = worlds.map(({ name, flowRequests, incremental }) => {
    const { changed, deeds, events, requests, millis } = incremental;
    return `| ${name} | ${String(changed)} | ${String(deeds)} | ${String(events)} | ${String(requests)} | ${percent(requests / flowRequests)} | ${seconds(millis)} |`;
  });
  const checks = goals(worlds).map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'yes' : '**no**'} |`);
  return `# Benchmark: Launchpad

Written by \`npx nx run bench:launchpad\`. The look-alike Launchpad runs in a process of its own and takes
${String(LATENCY_MS)} ms for each answer besides its own time; ${String(IN_FLIGHT)} requests are in flight at most. The subject is a team of
${String(MEMBERS)} people, with all flows. Bare script and flow take turns, ${String(rounds)} rounds; times are medians.
Machine: ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${mb(totalmem())}, Node.js ${process.version}.

- Needed: requests that anybody has to make who wants all that the team did, counted in the world's data: each listing in
  pages of 300, each bug with its activity and messages, the collections of each proposal and question that may hold
  something.
- Formula: needed × ${String(LATENCY_MS)} ms ÷ ${String(IN_FLIGHT)}.
- Bare script: those requests by \`fetch\`, with nothing to hold them up: no dependency between them, no load, no Temporal.
- Whole flow: from the call that starts the workflow to its result; every event is in PostgreSQL by then. Beyond the needed
  requests it asks once for each bug listing of several pages, for tasks of Launchpad's first years that have no date.
- Slots: share of the ${String(IN_FLIGHT)} slots' time in which a request was in flight during the whole flow.

| World | Needed | Formula | Bare script | Requests of the flow | Whole flow | Flow ÷ bare | Slots | Events | Worker's peak memory | Activities | History events |
|---|---|---|---|---|---|---|---|---|---|---|---|
${whole.join('\n')}

A second, incremental run after the whole one, with 3 % of the bugs, proposals and questions changed in between, three in
four of them by a member. A deed is what a member did to something at a moment; one can be told by several events.
Comments on proposals and questions are on some that had one within 30 days: Launchpad shows such a comment nowhere but in
the thread, so those of threads that were quiet for long are found by a later run. The listings of all the people are
asked for whatever has changed.

| World | Changed | Deeds of members | Events inserted | Requests | Of the first's | Time |
|---|---|---|---|---|---|---|
${later.join('\n')}

| Goal | Measured | Met |
|---|---|---|
${checks.join('\n')}
`;
}
