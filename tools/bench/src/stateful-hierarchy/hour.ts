import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { HIERARCHY_QUEUE, organizationWorkflow } from '@tributary/stateful-hierarchy';
import { entityClient } from '@tributary/stateful-workflow/client';
import { startCatalogApi } from '@tributary/testing/catalog-api';
import { waitFor } from '@tributary/testing/stack';
import { runBenchmark, say, writeResults } from '../benchmark.js';
import { goals, page, type HourFigures, type Minute } from './hour-report.js';
import { inLanes } from './lanes.js';

/** A program that runs Temporal's time-skipping test server: `java -cp … io.temporal.testserver.TestServer "$@"`. */
const SERVER_VARIABLE = 'TRIBUTARY_TEMPORAL_TEST_SERVER_BIN';
const START_MS = 300_000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { datasets: { type: 'string' }, minutes: { type: 'string' } } });
  const datasets = Number(values.datasets ?? 1000);
  const minutes = Number(values.minutes ?? 60);
  const executable = process.env[SERVER_VARIABLE];
  if (executable === undefined) throw new Error(`${SERVER_VARIABLE} has to name a program that runs Temporal's time-skipping test server.`);
  const temporal = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: executable } } });
  const api = await startCatalogApi({ world: { sources: 1, datasets } });
  const worker = await startWorker([temporal.address, api.generations.token, new URL(api.url).host, String(2 * datasets + 10)]);
  try {
    const loads = new Map<string, number[]>();
    worker.on('message', ([workflow, at]: [string, number]) => loads.set(workflow, [...(loads.get(workflow) ?? []), at]));
    const organization = entityClient(temporal.client, organizationWorkflow, { taskQueue: HIERARCHY_QUEUE }).ref('acme');
    await organization.start({ entity: { id: 'acme', name: 'Acme' }, apiToken: 'secret://local/catalog#token', apiUrl: api.url });
    for (const { id, name } of api.catalog.sources.values()) await organization.actions.addSource({ id, name, kind: 'catalog' });
    const known = async (): Promise<number> => (await organization.views.summary()).sources.reduce((sum, source) => sum + (source.datasets.ok ?? 0), 0);
    await waitFor('all datasets to be ok', async () => (await known()) === datasets, START_MS, 1000);
    say(`${String(datasets)} datasets run`);
    const figures = await skip({ temporal, worker, loads, datasets, minutes, sources: [...api.catalog.sources.keys()] });
    const failed = api.requests.entries.filter(({ status }) => status >= 400).length;
    await report({ ...figures, failed, known: await known() });
  } finally {
    worker.disconnect();
    await once(worker, 'exit');
    await api.stop();
    await temporal.teardown();
  }
}

interface Hour {
  readonly temporal: TestWorkflowEnvironment;
  readonly worker: ChildProcess;
  readonly loads: ReadonlyMap<string, number[]>;
  readonly datasets: number;
  readonly minutes: number;
  readonly sources: readonly string[];
}

/** Skips minute by minute, and looks at the worker after each. */
async function skip({ temporal, worker, loads, datasets, minutes, sources }: Hour): Promise<Omit<HourFigures, 'failed' | 'known'>> {
  const from = await temporal.currentTimeMs();
  const begun = performance.now();
  const samples: Minute[] = [];
  const count = (): number => [...loads.values()].reduce((sum, times) => sum + times.length, 0);
  for (let minute = 1; minute <= minutes; minute++) {
    const before = count();
    await temporal.sleep('1 minute');
    samples.push({ loads: count() - before, workerBytes: await residentBytes(worker.pid ?? 0) });
    if (minute % 10 === 0) say(`minute ${String(minute)}: ${JSON.stringify(samples.at(-1))}, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }
  const until = await temporal.currentTimeMs();
  const within = [...loads.values()].map((times) => times.filter((at) => at >= from && at <= until).sort((a, b) => a - b));
  const gaps = (part: (times: number[]) => number[]): number[] => within.flatMap((all) => part(all).flatMap((at, index, times) => (index === 0 ? [] : [at - (times[index - 1] ?? at)])));
  const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const all = gaps((times) => times);
  const upper = await lengths(temporal.client, ['Organization/acme', ...sources.map((id) => `Source/${id}`)]);
  const lower = await lengths(temporal.client, [...loads.keys()]);
  return {
    datasets,
    minutes,
    realSeconds: (performance.now() - begun) / 1000,
    skippedSeconds: (until - from) / 1000,
    fewestLoads: Math.min(...within.map(({ length }) => length)),
    mostLoads: Math.max(...within.map(({ length }) => length)),
    meanGapMillis: meanOf(all),
    longestGapMillis: all.reduce((most, gap) => Math.max(most, gap), 0),
    firstGapMillis: meanOf(gaps((times) => times.slice(0, times.length / 2))),
    lastGapMillis: meanOf(gaps((times) => times.slice(times.length / 2))),
    longestHistory: Math.max(...lower.map(({ events }) => events)),
    longestUpperHistory: Math.max(...upper.map(({ events }) => events)),
    inNewRuns: lower.filter(({ isFirst }) => !isFirst).length,
    upperInNewRuns: upper.filter(({ isFirst }) => !isFirst).length,
    samples,
  };
}

async function lengths(client: Client, ids: readonly string[]): Promise<{ events: number; isFirst: boolean }[]> {
  const found: { events: number; isFirst: boolean }[] = [];
  await inLanes(ids, async (id) => {
    const events = (await client.workflow.getHandle(id).fetchHistory()).events ?? [];
    const { continuedExecutionRunId: before } = events[0]?.workflowExecutionStartedEventAttributes ?? {};
    found.push({ events: events.length, isFirst: !before });
  });
  return found;
}

async function startWorker(args: readonly string[]): Promise<ChildProcess> {
  const worker = fork(join(__dirname, 'hour-worker.ts'), args, { execArgv: ['--conditions=@tributary/source', '--import', 'tsx'] });
  const ended = once(worker, 'exit').then(() => Promise.reject(new Error('The worker ended')));
  await Promise.race([once(worker, 'message'), ended]);
  ended.catch(() => undefined);
  return worker;
}

async function residentBytes(pid: number): Promise<number> {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function report(figures: HourFigures): Promise<void> {
  await writeResults('stateful-hierarchy.hour', { figures: figures, page: page(figures), goals: goals(figures) });
}

runBenchmark(main);
