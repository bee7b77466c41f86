import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Bed } from './bed.js';
import type { Figures, Sizes } from './figures.js';
import { measure } from './measure.js';
import { goals, page } from './report.js';

const RESULTS = resolve(__dirname, '../../results');
const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { runs: string, clients: string, starts: string, rounds: string, seconds: string } });
  const sizes: Sizes = {
    runs: whole(values.runs ?? '10000'),
    clients: whole(values.clients ?? '50'),
    starts: whole(values.starts ?? '1000'),
    rounds: whole(values.rounds ?? '3'),
    seconds: whole(values.seconds ?? '5'),
  };
  if (sizes.clients % 2 !== 0) throw new RangeError(`An even number of clients is needed, not ${String(sizes.clients)}: two send each start`);
  const [loadBefore = 0] = loadavg();
  const bed = await Bed.start(sizes.clients, true);
  let figures: Figures;
  try {
    figures = await measure(bed, sizes, say);
  } finally {
    await bed.stop();
  }
  const [loadAfter = 0] = loadavg();
  const conditions = { loadBefore, loadAfter };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'starter-api.json'), `${JSON.stringify({ conditions, ...figures }, null, 2)}\n`);
  await writeFile(join(RESULTS, 'starter-api.md'), page(figures, conditions));
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
