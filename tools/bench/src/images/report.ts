import { cpus, totalmem } from 'node:os';
import type { Conditions, Goal } from '../benchmark.js';
import type { AppFigures, Figures, Measured } from './figures.js';

/** Processor time that a start may take, as a multiple of a bare worker's start. */
const MOST_CPU = 2;

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
const mib = (bytes: number): string => (bytes / 1_048_576).toFixed(0);
const seconds = (millis: number): string => (millis / 1_000).toFixed(1);

/** Compares the figures with the committed budgets. */
export function goals({ apps, floors }: Figures): Goal[] {
  const of = (name: string, { size, start, idle, requestedBytes }: AppFigures): Goal[] => {
    const added = size.totalBytes - size.baseBytes;
    const most = MOST_CPU * floors.worker.start.cpuMillis;
    return [
      { goal: `${name} adds at most ${mb(size.budgetBytes)} MB to its base`, measured: `${mb(added)} MB`, met: added <= size.budgetBytes },
      { goal: `${name} starts with at most ${seconds(most)} s of processor time`, measured: `${seconds(start.cpuMillis)} s`, met: start.cpuMillis <= most },
      { goal: `${name} is idle in the ${mib(requestedBytes)} MiB that its Deployment requests`, measured: `${mib(idle.memoryBytes)} MiB`, met: idle.memoryBytes <= requestedBytes },
    ];
  };
  return Object.entries(apps).flatMap(([name, app]) => of(name, app));
}

/** The page that is committed beside the figures. */
export function page(figures: Figures, { loadBefore, loadAfter }: Conditions): string {
  const { apps, floors, starts, idleSeconds, baseImage } = figures;
  const entries = Object.entries(apps);
  const sizes = entries.map(([name, { size }]) => {
    const { totalBytes, baseBytes, addedCompressedBytes, budgetBytes } = size;
    return `| ${name} | ${mb(totalBytes)} | ${mb(baseBytes)} | ${mb(totalBytes - baseBytes)} | ${mb(addedCompressedBytes)} | ${mb(budgetBytes)} |`;
  });
  const startOf = (name: string, { start }: Measured, floor?: Measured): string =>
    `| ${name} | ${seconds(start.readyMillis)} | ${start.millis.map(seconds).join(', ')} | ${seconds(start.firstAnswerMillis)} | ${seconds(start.cpuMillis)} | ${floor ? (start.cpuMillis / floor.start.cpuMillis).toFixed(1) : ''} |`;
  const idleOf = (name: string, { idle }: Measured, requestedBytes?: number): string =>
    `| ${name} | ${mib(idle.memoryBytes)} | ${mib(idle.residentBytes)} | ${requestedBytes === undefined ? '' : mib(requestedBytes)} |`;
  const checks = goals(figures).map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'yes' : '**no**'} |`);
  return `# Benchmark: images

Written by \`npx nx run bench:images\`. Each app runs in a container of its own image, with a read-only root file system, beside a
sidecar, with a Temporal server and PostgreSQL. The floors are measured in turns with the apps, in the same base
(\`${baseImage}\`): a Temporal worker with one workflow that does nothing, and an HTTP server that answers 200.
Machine: ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${mib(totalmem())} MiB, Node.js ${process.version}; its load average was ${loadBefore.toFixed(1)} when the
benchmark began and ${loadAfter.toFixed(1)} when it ended. Where that is above the number of processors, seconds tell more of the machine than
of the apps; processor time changes little with it, and memory does not.

## Size, MB

| Image | Unpacked | of that the base | of that ours | Ours, compressed | Budget of ours |
|---|---|---|---|---|---|
${sizes.join('\n')}

## From the start of the container to \`/readyz\` with 200, seconds

Median of ${String(starts)} starts. Ready means: for a worker that it polls its queue, for the API that it reaches Temporal and the object
store. Up to the first answer a process loads its code; a worker then goes on to connect, to start its polls, and on
Launchpad's to look after its tables. The last column is processor time as a multiple of the bare worker's.

| | Ready | Each start | First answer | Processor time | ÷ bare worker |
|---|---|---|---|---|---|
${startOf('floor: HTTP server', floors.server)}
${startOf('floor: bare worker', floors.worker)}
${entries.map(([name, app]) => startOf(name, app, floors.worker)).join('\n')}

## Memory after ${String(idleSeconds)} s of doing nothing, MiB

| | Control group without page cache | Resident | Requested by the Deployment |
|---|---|---|---|
${idleOf('floor: HTTP server', floors.server)}
${idleOf('floor: bare worker', floors.worker)}
${entries.map(([name, app]) => idleOf(name, app, app.requestedBytes)).join('\n')}

## Goals

| Goal | Measured | Met |
|---|---|---|
${checks.join('\n')}
`;
}
