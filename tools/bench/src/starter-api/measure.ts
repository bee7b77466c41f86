import { waitFor } from '@tributary/testing/stack';
import type { Bed } from './bed.js';
import { load, together, until, type LoadFigures, type Request } from './load.js';
import { seededOrder } from './orders.js';
import { ProcessWatch } from './process-watch.js';
import { listAll, reads, type Reads } from './reads.js';
import { laneFigures, type Figures, type LaneFigures, type Sizes, type StartFigures } from './figures.js';
import { countStarts, startBare, startThroughApi, type Block } from './starts.js';
import { median } from './statistics.js';

type Say = (text: string) => void;

const FINISH_TIMEOUT_MS = 180_000;

/** Samples of the memory that stand for a moment: two seconds. */
const MOMENT = 10;

/** Makes the runs, and has clients read and start through the API and past it, in turn. */
export async function measure(bed: Bed, sizes: Sizes, say: Say): Promise<Figures> {
  const { seedMillis, ids, middle } = await seed(bed, sizes);
  say(`${String(sizes.runs)} runs have ended after ${(seedMillis / 1_000).toFixed(0)} s`);
  const watch = new ProcessWatch(bed.api.pid, bed.api.http);
  try {
    const idleBytes = watch.residentBytes();
    const wanted = reads(bed, ids, middle);
    await warmUp(wanted, sizes);
    const seeded = new Set(ids);
    const listed = (await listAll(bed)).filter((id) => seeded.has(id));
    const beforeBytes = median(watch.takeSamples().slice(-MOMENT));
    const lanes = await measureReads(wanted, watch, sizes, say);
    const starts = await measureStarts(bed, watch, sizes, say);
    const last = watch.takeSamples();
    const memory = {
      idleBytes,
      beforeBytes,
      roundBytes: lanes.bytes.map((samples) => median(samples)),
      afterBytes: median(last.slice(-MOMENT)),
      mostBytes: Math.max(...lanes.bytes.flat(), ...last),
    };
    return { sizes, seedMillis, listed: { all: listed.length, distinct: new Set(listed).size }, status: lanes.status, list: lanes.list, starts, memory };
  } finally {
    watch.stop();
  }
}

/** Runs of all types that have ended, in the form in which the API starts them. */
async function seed(bed: Bed, { runs, clients }: Sizes): Promise<{ seedMillis: number; ids: string[]; middle: Date }> {
  const begun = performance.now();
  const orders = Array.from({ length: runs }, (_, index) => seededOrder(index));
  let middle = new Date();
  await bed.withWorkers(async () => {
    const indexOf = (client: number, turn: number): number => client + turn * clients;
    const start: Request = async (client, turn) => {
      const index = indexOf(client, turn);
      const order = orders[index];
      if (!order) throw new Error(`There is no order ${String(index)}`);
      if (index === Math.floor(runs / 2)) middle = new Date();
      await bed.client.workflow.start(order.type, order.bare);
    };
    const { errors } = await load(clients, (client, turn) => indexOf(client, turn) < runs, start);
    if (Object.keys(errors).length > 0) throw new Error(`Runs could not be made: ${JSON.stringify(errors)}`);
    await allEnded(bed, runs);
  });
  return { seedMillis: performance.now() - begun, ids: orders.map(({ bare }) => bare.workflowId), middle };
}

/** Visibility follows the runs by fractions of a second. */
async function allEnded({ client }: Bed, runs: number): Promise<void> {
  const isEnded = async (): Promise<boolean> => (await client.workflow.count("ExecutionStatus != 'Running'")).count >= runs;
  await waitFor(`${String(runs)} runs to end`, isEnded, FINISH_TIMEOUT_MS, 250);
}

async function warmUp({ status, list }: Reads, { clients, seconds }: Sizes): Promise<void> {
  for (const send of [status, list, status, list]) await load(clients, until(seconds * 1_000), send);
}

interface MeasuredReads {
  readonly status: LaneFigures;
  readonly list: LaneFigures;
  /** Of the API's process, by round. */
  readonly bytes: readonly (readonly number[])[];
}

async function measureReads(wanted: Reads, watch: ProcessWatch, { clients, seconds, rounds }: Sizes, say: Say): Promise<MeasuredReads> {
  const bytes: (readonly number[])[] = [];
  const parts = { status: [] as LoadFigures[], bareStatus: [] as LoadFigures[], bareOutcome: [] as LoadFigures[], list: [] as LoadFigures[], bareList: [] as LoadFigures[] };
  const cpu = { status: 0, list: 0 };
  const lag = { status: [] as number[], list: [] as number[] };
  const run = async (name: keyof Reads): Promise<void> => {
    const figures = await load(clients, until(seconds * 1_000), wanted[name]);
    parts[name].push(figures);
    say(`${name}: ${(figures.millis.length / (figures.elapsedMillis / 1_000)).toFixed(0)} per second, median ${median(figures.millis).toFixed(1)} ms, errors ${JSON.stringify(figures.errors)}`);
  };
  const runOfApi = async (name: 'status' | 'list'): Promise<void> => {
    const before = await watch.processFigures();
    await run(name);
    const after = await watch.processFigures();
    cpu[name] += after.cpuMillis - before.cpuMillis;
    lag[name].push(after.lagP99Millis);
  };
  for (let round = 0; round < rounds; round++) {
    await run('bareStatus');
    await runOfApi('status');
    await run('bareOutcome');
    await run('bareList');
    await runOfApi('list');
    bytes.push(watch.takeSamples());
  }
  const lane = (name: 'status' | 'list', bare: readonly LoadFigures[], equal: readonly LoadFigures[]): LaneFigures =>
    laneFigures(together(parts[name]), together(bare), together(equal), { cpuMillis: cpu[name], lagP99Millis: Math.max(...lag[name]) });
  return { status: lane('status', parts.bareStatus, parts.bareOutcome), list: lane('list', parts.bareList, parts.bareList), bytes };
}

async function measureStarts(bed: Bed, watch: ProcessWatch, { clients, starts, rounds }: Sizes, say: Say): Promise<StartFigures> {
  const since = new Date();
  const blocks: Block[] = [];
  const bare: Block[] = [];
  let cpuMillis = 0;
  const lag: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const size = Math.floor((starts * (round + 1)) / rounds) - Math.floor((starts * round) / rounds);
    bare.push(await startBare(bed, clients, `bare-${String(round)}`, size));
    const before = await watch.processFigures();
    blocks.push(await startThroughApi(bed, clients, `api-${String(round)}`, size));
    const after = await watch.processFigures();
    cpuMillis += after.cpuMillis - before.cpuMillis;
    lag.push(after.lagP99Millis);
    const [api, floor] = [blocks, bare].map((list) => list.at(-1)?.figures);
    say(`starts of ${String(size)}, each twice: API ${api?.elapsedMillis.toFixed(0) ?? ''} ms, bare ${floor?.elapsedMillis.toFixed(0) ?? ''} ms, errors ${JSON.stringify([api?.errors, floor?.errors])}`);
  }
  await bed.withWorkers(() => waitFor('all started runs to end', async () => (await bed.client.workflow.count("ExecutionStatus = 'Running'")).count === 0, FINISH_TIMEOUT_MS, 250));
  const [figures, floor] = [blocks, bare].map((list) => together(list.map((block) => block.figures)));
  const [api, past] = [figures, floor] as [LoadFigures, LoadFigures];
  return { ...laneFigures(api, past, past, { cpuMillis, lagP99Millis: Math.max(...lag) }), count: await countStarts(bed, blocks, since), bareCount: await countStarts(bed, bare, since) };
}
