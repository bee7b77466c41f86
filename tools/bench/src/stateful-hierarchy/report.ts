import { cpus, totalmem } from 'node:os';
import type { Conditions, Goal } from '../benchmark.js';
import type { StepFigures } from './step-cpu.js';

/** Milliseconds, one for each time it was done. */
export interface Pair {
  readonly framework: readonly number[];
  readonly bare: readonly number[];
}

/** Events in the parent's history: what it had once all was started, and what a change added. */
export interface EventFigures {
  readonly children: number;
  readonly started: number;
  readonly one: number;
  readonly all: number;
  readonly rotation: number;
  /** Of a bare parent that signals each of its children. */
  readonly bareAll: number;
}

/** A rotation by one write to the secret store. */
export interface StoreRotation {
  readonly children: number;
  readonly writeMillis: number;
  /** That it added to all histories together. */
  readonly events: number;
  /** Children whose next load had the new token. */
  readonly fresh: number;
}

export interface Figures {
  readonly children: number;
  readonly few: number;
  readonly rounds: number;
  readonly samples: number;
  readonly start: Pair;
  readonly down: Pair;
  readonly up: Pair;
  /** Bare: a client signals each. */
  readonly all: Pair;
  /** Bare: the parent signals each. */
  readonly byParent: readonly number[];
  readonly literal: Pair;
  readonly reference: readonly number[];
  readonly store: StoreRotation;
  readonly events: readonly EventFigures[];
  readonly steps: readonly StepFigures[];
}

/** How many times the time of bare client signals a rotation by value may take. */
const MOST_TIMES_BARE = 1.2;
/** How many times the CPU on the smallest state a step on the largest may take, though that state is 200 times as large. */
const MOST_TIMES_STEP = 4;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

const times = ({ framework, bare }: Pair): number => median(framework) / median(bare);

/** Compares the figures with what the project promises. */
export function goals({ literal, store, events, steps }: Figures): Goal[] {
  const [few, many] = events;
  const [first, last] = [steps[0], steps.at(-1)];
  const growth = STEPS.map(([, of]) => (first && last ? of(last) / of(first) : Number.NaN));
  const isSame = few?.one === many?.one && few?.all === many?.all && few?.rotation === many?.rotation;
  const listed = (of: EventFigures | undefined): string => `${String(of?.one)}, ${String(of?.all)}, ${String(of?.rotation)}`;
  return [
    { goal: `rotation by value ≤ ${String(MOST_TIMES_BARE)} × bare client signals`, measured: times(literal).toFixed(2), met: times(literal) <= MOST_TIMES_BARE },
    { goal: 'rotation in the store: no message to anybody', measured: `${String(store.events)} events`, met: store.events === 0 },
    { goal: 'rotation in the store: each next load uses it', measured: `${String(store.fresh)} of ${String(store.children)}`, met: store.fresh === store.children },
    { goal: "events in the parent's history per change of one, of all, rotation: the same whatever the number of children", measured: `${listed(few)} with ${String(few?.children)}; ${listed(many)} with ${String(many?.children)}`, met: isSame },
    { goal: `CPU of a step on ${String(last?.entities)} entities ≤ ${String(MOST_TIMES_STEP)} × that on ${String(first?.entities)}`, measured: growth.map((one) => one.toFixed(1)).join(', '), met: growth.every((one) => one <= MOST_TIMES_STEP) },
  ];
}

const STEPS: readonly (readonly [string, (figures: StepFigures) => number])[] = [
  ['Change of one', ({ changeMicros }) => changeMicros],
  ['with its cycle', ({ changeAndCycleMicros }) => changeAndCycleMicros],
  ['Patch from a child', ({ fromChildMicros }) => fromChildMicros],
  ['Action on a child', ({ actionMicros }) => actionMicros],
  ['Leaving a relation', ({ relateMicros }) => relateMicros],
  ['Change of what all share, for each', ({ sharedMicros }) => sharedMicros],
];

const seconds = (millis: number): string => (millis < 1000 ? `${millis.toFixed(0)} ms` : `${(millis / 1000).toFixed(1)} s`);
const spread = (values: readonly number[]): string =>
  values.length === 1 ? seconds(median(values)) : `${seconds(median(values))} (${seconds(Math.min(...values))} to ${seconds(Math.max(...values))})`;

/** The page that is committed beside the figures. */
export function page(figures: Figures, { loadBefore, loadAfter }: Conditions): string {
  const { children, few, rounds, samples, start, down, up, all, byParent, literal, reference, store, events, steps } = figures;
  const row = (what: string, pair: Pair, bare: string): string =>
    `| ${what} | ${spread(pair.framework)} | ${spread(pair.bare)} | ${bare} | ${times(pair).toFixed(2)} |`;
  const n = String(children);
  const compared = [
    row(`Start of ${n} children`, start, 'a parent that starts them, 200 at a time'),
    row('Change of one, by way of the parent', down, 'an update of the parent, which signals the child'),
    row('Change of one, until the parent knows', up, 'an update of the child, which signals the parent'),
    row(`Change seen by all ${n}`, all, 'a client signals each, 20 at a time'),
    row('the same', { framework: all.framework, bare: byParent }, 'the parent signals each, all at once'),
    row('Rotation by value', literal, 'a client signals each, 20 at a time'),
    row('Rotation by a reference with a later version', { framework: reference, bare: literal.bare }, 'the same'),
  ];
  const histories = events.map(
    (one) => `| ${String(one.children)} | ${String(one.started)} | ${String(one.one)} | ${String(one.all)} | ${String(one.rotation)} | ${String(one.bareAll)} |`,
  );
  const cpu = steps.map(
    (one) =>
      `| ${String(one.entities)} | ${STEPS.map(([, of]) => of(one).toFixed(0)).join(' | ')} | ${one.startOfAllMillis.toFixed(0)} | ${one.carryMillis.toFixed(1)} | ${(one.carryBytes / 1024).toFixed(0)} |`,
  );
  const checks = goals(figures).map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'yes' : '**no**'} |`);
  return `# Benchmark: stateful hierarchy

Written by \`npx nx run bench:stateful-hierarchy\` with ${n} children and, to compare histories, ${String(few)}. Framework and bare calls take turns on
trees that live side by side, on one Temporal development server with its store in memory, and one process for worker and
client. Times are medians, of ${String(rounds)} rounds, or of ${String(samples)} changes of one child, with the least and the most; a start is done once.
Machine: ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${(totalmem() / 1_048_576).toFixed(0)} MB, Node.js ${process.version}; its load average was ${loadBefore.toFixed(1)} when the
benchmark began and ${loadAfter.toFixed(1)} when it ended (the benchmark itself keeps both processors busy).

A change ends when the workflow task of the last workflow that it concerns has ended; a start, when the last child has its
state. The bare workflows keep one value and have handlers of one line. Neither side encrypts its payloads. The children have no
loaders here: what a load costs is the same on both sides.

| What | Framework | Bare | Bare is | Framework ÷ bare |
|---|---|---|---|---|
${compared.join('\n')}

Events in the parent's history: once all children run, and what is added by a change.

| Children | Started | Change of one | Change seen by all | Rotation | Bare parent, change seen by all |
|---|---|---|---|---|---|
${histories.join('\n')}

Rotation in the secret store behind a reference, with ${String(store.children)} children that load: one write. It added ${String(store.events)} events to the histories
of all ${String(store.children + 1)} workflows; of the loads that came next, ${String(store.fresh)} had the new token.

CPU of steps of the core by the entities in the state, in µs; of what has to walk the whole state, in ms.

| Entities | ${STEPS.map(([name]) => name).join(' | ')} | Start of all, ms | Hand-over to a next run, packed, ms | of kB |
|${'---|'.repeat(STEPS.length + 4)}
${cpu.join('\n')}

| Goal | Measured | Met |
|---|---|---|
${checks.join('\n')}
`;
}
