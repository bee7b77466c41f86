import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Bed } from './bed.js';
import { measure, type Sizes } from './measure.js';
import { goals, page, type Figures } from './report.js';
import { stepCosts } from './step-cpu.js';

const STATES = [100, 1_000, 20_000];
const RESULTS = resolve(__dirname, '../../results');
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { children: string, rounds: string, samples: string } });
  const children = whole(values.children ?? '1000');
  const sizes: Sizes = {
    children,
    // More than the receivers that are told one by one.
    few: Math.max(60, Math.round(children / 10)),
    rounds: whole(values.rounds ?? '3'),
    samples: whole(values.samples ?? '21'),
  };
  const [loadBefore = 0] = loadavg();
  const steps = stepCosts(STATES);
  const bed = await Bed.start(5 * children);
  let figures: Figures;
  try {
    figures = { ...(await measure(bed, sizes, say)), steps };
  } finally {
    await bed.stop();
  }
  const [loadAfter = 0] = loadavg();
  const conditions = { loadBefore, loadAfter };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'stateful-hierarchy.json'), `${JSON.stringify({ conditions, ...figures }, null, 2)}\n`);
  await writeFile(join(RESULTS, 'stateful-hierarchy.md'), page(figures, conditions));
  for (const { goal, measured, met } of goals(figures)) say(`${met ? 'met ' : 'MISS'}  ${goal}: ${measured}`);
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new RangeError(`A whole number from 1 is needed, not "${text}"`);
  return Number(text);
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
