import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LaunchpadQueryArgs } from '@tributary/workflow-contracts/etl';
import { build } from 'esbuild';
import { runBenchmark, say, writeResults } from '../benchmark.js';
import { peakBytes } from '../sql-metadata/whole-run.js';
import { ORIGIN, TEAM, type WorldSize } from './bench-world.js';
import { IN_FLIGHT } from './conditions.js';
import { FlowBed, type FlowFigures } from './flow-bed.js';
import { startLookAlike, type LookAlike, type RequestFigures } from './look-alike.js';
import { formulaMillis, goals, page, type IncrementalFigures, type WorldFigures } from './report.js';

const ROUNDS = 3;
const CHANGED_SHARE = 0.03;
const SIZES: readonly WorldSize[] = [
  { name: 'small', bugs: 400, proposals: 100, questions: 60 },
  { name: 'large', bugs: 2_000, proposals: 500, questions: 300 },
];
const ARGS: LaunchpadQueryArgs = { team: TEAM, data_date_start: ORIGIN, incremental: true };

interface BareFigures {
  readonly millis: number;
  readonly requests: number;
  readonly requestMillis: number;
}

async function main(): Promise<void> {
  const worlds: WorldFigures[] = [];
  for (const size of SIZES) worlds.push(await measure(size));
  await writeResults('launchpad', { figures: { rounds: ROUNDS, worlds }, page: page(worlds, ROUNDS), goals: goals(worlds) });
}

async function measure(size: WorldSize): Promise<WorldFigures> {
  const launchpad = await startLookAlike(size);
  try {
    const bed = await FlowBed.start(launchpad.url);
    try {
      return await measureRounds(size, launchpad, bed);
    } finally {
      await bed.stop();
    }
  } finally {
    await launchpad.stop();
  }
}

async function measureRounds(size: WorldSize, launchpad: LookAlike, bed: FlowBed): Promise<WorldFigures> {
  const script = await buildBareScript(bed.folder);
  const urls = join(bed.folder, 'urls.json');
  await writeFile(urls, JSON.stringify((await launchpad.needed()).map((path) => `${launchpad.url}devel/${path}`)));
  const bares: BareFigures[] = [];
  const flows: (FlowFigures & { readonly asked: RequestFigures })[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await launchpad.clear();
    const bare = await bareScript(script, urls);
    const floor = await launchpad.figures();
    await bed.clear();
    await launchpad.clear();
    const flow = { ...(await bed.run(ARGS)), asked: await launchpad.figures() };
    bares.push(bare);
    flows.push(flow);
    const phases = Object.entries(flow.phaseMillis).map(([phase, millis]) => `${phase} ${millis.toFixed(0)}`);
    say(`${size.name} ${String(round)}: bare ${bare.millis.toFixed(0)} ms for ${String(bare.requests)}, flow ${flow.millis.toFixed(0)} ms for ${String(flow.asked.count)} (${phases.join(', ')}), slots ${(flow.asked.busyMillis / (flow.millis * IN_FLIGHT)).toFixed(2)} in use`);
    if (round === 1) sayDifferences(floor, flow.asked);
  }
  // Before the second run: what is compared between sizes is the work of whole runs.
  const workerPeakBytes = peakBytes(bed.workerPid);
  const incremental = await measureIncremental(launchpad, bed);
  const millis = median(flows.map((flow) => flow.millis));
  const last = flows.find((flow) => flow.millis === millis);
  if (last === undefined) throw new Error('there was no round');
  const figures = {
    ...size,
    events: same('events', flows.map(({ inserted }) => inserted)),
    floorRequests: same('needed requests', bares.map(({ requests }) => requests)),
    floorMillis: median(bares.map((bare) => bare.millis)),
    requestMillis: median(bares.map(({ requestMillis }) => requestMillis)),
    flowRequests: same('requests', flows.map(({ asked }) => asked.count)),
    flowMillis: millis,
    slotUse: last.asked.busyMillis / (millis * IN_FLIGHT),
    mostInFlight: Math.max(...flows.map(({ asked }) => asked.mostInFlight)),
    workerPeakBytes,
    activities: same('activities', flows.map(({ activities }) => activities)),
    historyEvents: same('history events', flows.map(({ historyEvents }) => historyEvents)),
    phaseMillis: last.phaseMillis,
    incremental,
  };
  say(`${size.name}: ${String(figures.floorRequests)} needed requests, formula ${formulaMillis(figures).toFixed(0)} ms`);
  return figures;
}

async function measureIncremental(launchpad: LookAlike, bed: FlowBed): Promise<IncrementalFigures> {
  const since = new Date();
  const { deeds, ...counts } = await launchpad.change(CHANGED_SHARE);
  await launchpad.clear();
  const run = await bed.run(ARGS);
  const asked = await launchpad.figures();
  const differences = await bed.differences(since, deeds);
  for (const difference of differences.slice(0, 10)) say(`  differs: ${difference}`);
  say(`  incremental: ${JSON.stringify(counts)}, ${String(asked.count)} requests, ${String(run.inserted)} inserted, ${String(run.updated)} updated, ${run.millis.toFixed(0)} ms, ${JSON.stringify(asked.kinds)}`);
  return {
    changed: Object.values(counts).reduce((sum, count) => sum + count, 0),
    requests: asked.count,
    millis: run.millis,
    events: run.inserted,
    deeds: new Set(deeds.map(({ item, who, when }) => `${item} ${who} ${when}`)).size,
    differences: differences.length,
    mostInFlight: asked.mostInFlight,
    historyEvents: run.historyEvents,
  };
}

/** Where the flow asks for other things than the floor, or more often. */
function sayDifferences(floor: RequestFigures, flow: RequestFigures): void {
  for (const kind of new Set([...Object.keys(floor.kinds), ...Object.keys(flow.kinds)])) {
    const [needed = 0, asked = 0] = [floor.kinds[kind], flow.kinds[kind]];
    if (needed !== asked) say(`  ${kind}: ${String(needed)} needed, ${String(asked)} asked for`);
  }
  if (flow.failed > 0) say(`  ${String(flow.failed)} were not answered with 200`);
}

/** Bundled as the worker is, so that neither pays for loading TypeScript. */
async function buildBareScript(folder: string): Promise<string> {
  const outfile = join(folder, 'bare-script.js');
  await build({ entryPoints: [join(__dirname, 'bare-script.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', conditions: ['@tributary/source'], logLevel: 'error' });
  return outfile;
}

async function bareScript(script: string, urls: string): Promise<BareFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, urls]);
  return JSON.parse(stdout) as BareFigures;
}

/** A count that every round must have found. */
function same(what: string, values: readonly number[]): number {
  const [first, ...others] = values;
  if (first === undefined || others.some((value) => value !== first)) throw new Error(`The rounds differ in ${what}: ${values.join(', ')}`);
  return first;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

runBenchmark(main);
