import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectClient, temporalSettings } from '@tributary/clients/temporal';
import { generateCatalog } from '@tributary/testing/sql-sample';
import { createDatabase, startTestStack, type TestStack } from '@tributary/testing/stack';
import { build } from 'esbuild';
import { runBenchmark, say, writeResults } from '../benchmark.js';
import { copyFloor } from './copy-floor.js';
import { countStatements } from './count-statements.js';
import { goals, page, type SizeFigures } from './report.js';
import { peakBytes, startWorker, wholeRun } from './whole-run.js';

const ROUNDS = 5;
const SIZES = [
  { name: 'medium', tables: 2_000, columns: 41_000 },
  { name: 'large', tables: 10_000, columns: 206_000 },
];

async function main(): Promise<void> {
  const stack = await startTestStack({ appId: 'sql-metadata-worker' });
  try {
    const bare = await buildBareScript(stack.folder);
    const sizes: SizeFigures[] = [];
    for (const size of SIZES) {
      say(`Generating ${size.name}: ${String(size.tables)} tables, ${String(size.columns)} columns`);
      const url = await createDatabase(stack, size.name);
      await generateCatalog(url, size);
      sizes.push(await measure(stack, size, url, bare));
    }
    await writeResults('sql-metadata', { figures: { rounds: ROUNDS, sizes }, page: page(sizes, ROUNDS), goals: goals(sizes) });
  } finally {
    await stack.stop();
  }
}

async function measure(stack: TestStack, size: (typeof SIZES)[number], url: string, bare: string): Promise<SizeFigures> {
  const client = await connectClient(temporalSettings(stack.environment));
  const worker = await startWorker(stack, size.name);
  const copies: number[] = [];
  const bares: { millis: number; records: number; peakBytes: number }[] = [];
  const runs: Awaited<ReturnType<typeof wholeRun>>[] = [];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const copy = await copyFloor(url, size.name);
      const script = await bareScript(bare, url, stack.folder);
      const run = await wholeRun(client, stack, size.name);
      if (run.entities !== script.records) throw new Error(`the floor has ${String(script.records)} records, the run ${String(run.entities)}`);
      say(`${size.name} ${round === 0 ? 'warm-up' : String(round)}: copy ${copy.toFixed(0)} ms, bare ${script.millis.toFixed(0)} ms, whole ${run.millis.toFixed(0)} ms`);
      if (round === 0) continue;
      copies.push(copy);
      bares.push(script);
      runs.push(run);
    }
    const workerPeakBytes = peakBytes(worker.pid);
    const statements = await countStatements(stack, () => wholeRun(client, stack, size.name));
    return {
      ...size,
      rows: runs[0]?.entities ?? 0,
      copyMillis: median(copies),
      bareMillis: median(bares.map(({ millis }) => millis)),
      barePeakBytes: Math.max(...bares.map((script) => script.peakBytes)),
      wholeMillis: median(runs.map(({ millis }) => millis)),
      workerPeakBytes,
      statements,
      activities: Math.max(...runs.map(({ activities }) => activities)),
    };
  } finally {
    await client.close();
    await worker.stop();
  }
}

/** Bundled as the worker is, so that neither pays for loading TypeScript. */
async function buildBareScript(folder: string): Promise<string> {
  const outfile = join(folder, 'bare-script.js');
  await build({
    entryPoints: [join(__dirname, 'bare-script.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@tributary/source'],
    external: ['pg-native'],
    logLevel: 'error',
  });
  return outfile;
}

async function bareScript(script: string, url: string, parent: string): Promise<{ millis: number; records: number; peakBytes: number }> {
  const folder = await mkdtemp(join(parent, 'bare-'));
  try {
    const started = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, [script, url, folder]);
    const millis = performance.now() - started;
    return { millis, ...(JSON.parse(stdout) as { records: number; peakBytes: number }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

runBenchmark(main);
