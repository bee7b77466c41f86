import { cpus, totalmem } from 'node:os';
import type { Conditions, Goal } from '../benchmark.js';
import type { Figures, LaneFigures, SideFigures } from './figures.js';

/** How much the memory of the API may grow under load, once it is warm. */
const MOST_GROWTH = 0.2;

const mb = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;
const errorsOf = ({ errors }: SideFigures): number => Object.values(errors).reduce((sum, count) => sum + count, 0);

/** Compares the figures with what the project promises. */
export function goals({ sizes: { runs }, status, list, starts, listed, memory }: Figures): Goal[] {
  const lanes = [status, list, starts];
  const failed = lanes.reduce((sum, { api }) => sum + errorsOf(api), 0);
  const answered = lanes.reduce((sum, { api }) => sum + api.answered, 0);
  const { started, found, lost, doubled, otherAnswer } = starts.count;
  const isFlat = (bytes: number): boolean => bytes < (1 + MOST_GROWTH) * memory.beforeBytes;
  const growth = memory.afterBytes / memory.beforeBytes - 1;
  const peak = memory.mostBytes / memory.beforeBytes - 1;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  return [
    { goal: 'no error', measured: `${String(failed)} of ${String(failed + answered)} requests`, met: failed === 0 },
    { goal: 'the whole list, page after page, has each run once', measured: `${String(listed.distinct)} runs in ${String(listed.all)} entries, of ${String(runs)}`, met: listed.distinct === runs && listed.all === runs },
    { goal: `memory after the load < ${String(1 + MOST_GROWTH)} × that after the warm-up`, measured: percent(growth), met: isFlat(memory.afterBytes) },
    { goal: 'the same at its most', measured: percent(peak), met: isFlat(memory.mostBytes) },
    { goal: 'each start, sent by two clients, has one run, and both are told of it', measured: `${String(started)} started, ${String(found)} found, ${String(lost)} lost, ${String(doubled)} doubled, ${String(otherAnswer)} otherwise answered`, met: found === started && lost + doubled + otherAnswer === 0 },
  ];
}

/** The page that is committed beside the figures. */
export function page(figures: Figures, { loadBefore, loadAfter }: Conditions): string {
  const { sizes, seedMillis, status, list, starts, memory } = figures;
  const { runs, clients, rounds, seconds } = sizes;
  const ms = (millis: number): string => millis.toFixed(millis < 10 ? 1 : 0);
  const row = (what: string, { perSecond, medianMillis, p99Millis, answered, ...side }: SideFigures, api?: SideFigures): string => {
    const ratio = api ? (api.medianMillis / medianMillis).toFixed(2) : '';
    return `| ${what} | ${String(answered)} | ${perSecond.toFixed(0)} | ${ms(medianMillis)} | ${ms(p99Millis)} | ${String(errorsOf({ ...side, perSecond, medianMillis, p99Millis, answered }))} | ${ratio} |`;
  };
  const rows = [
    row('`GET /v1/runs/{workflowId}`', status.api),
    row('bare: describe', status.bare, status.api),
    row('bare: describe and result', status.needed, status.api),
    row('`GET /v1/runs?pageSize=50&…`', list.api),
    row('bare: ListWorkflowExecutions', list.bare, list.api),
    row('`POST /v1/runs/…` with an Idempotency-Key', starts.api),
    row('bare: start, or the run that is there', starts.bare, starts.api),
  ];
  const cost = (what: string, { cpuMillisPerAnswer, lagP99Millis }: LaneFigures): string => `| ${what} | ${cpuMillisPerAnswer.toFixed(1)} | ${ms(lagP99Millis)} |`;
  const checks = goals(figures).map(({ goal, measured, met }) => `| ${goal} | ${measured} | ${met ? 'yes' : '**no**'} |`);
  return `# Benchmark: starter API

Written by \`npx nx run bench:starter-api --runs=${String(runs)} --clients=${String(clients)} --starts=${String(sizes.starts)}\`. The built API runs as a process of its own, with an
API key, over a Temporal development server with its store in memory, which holds ${String(runs)} finished runs of all run types,
every tenth of them failed (made in ${(seedMillis / 1_000).toFixed(0)} s). ${String(clients)} clients send one request after the other: through the API, and past it by one
bare Temporal client. They take turns, ${String(rounds)} rounds of ${String(seconds)} s each. Clients, API and Temporal share the
processors; Temporal's limits on requests per second are raised beyond reach.
Machine: ${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${mb(totalmem())}, Node.js ${process.version}; its load average was ${loadBefore.toFixed(1)} when the
benchmark began and ${loadAfter.toFixed(1)} when it ended (the benchmark itself keeps both processors busy).

| Request | Answered | Per second | Median, ms | p99, ms | Errors | API ÷ bare, medians |
|---|---|---|---|---|---|---|
${rows.join('\n')}

A status answers with the result or the failure too, for which Temporal is called twice. Lists have filters by type, status,
connection, subject, time and workflow id, and are read up to their fourth page. The clients read the same lists: where several
ask for one page at the same time, the API calls Temporal once for all of them, and the bare client once for each. Each start
is sent by two clients at about the same time, half of them extractions, which exclude each other by connection; no worker runs
meanwhile.

| API's process | CPU per answer, ms | Event loop lag, p99 of the worst round, ms |
|---|---|---|
${cost('Status', status)}
${cost('List', list)}
${cost('Start', starts)}

Resident memory of the API: ${mb(memory.idleBytes)} before the first request, ${mb(memory.beforeBytes)} after the warm-up, ${memory.roundBytes.map((bytes) => mb(bytes)).join(', ')} in the rounds
of reading, ${mb(memory.afterBytes)} after the starts, ${mb(memory.mostBytes)} at most.

| Goal | Measured | Met |
|---|---|---|
${checks.join('\n')}
`;
}
