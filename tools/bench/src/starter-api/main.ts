import { parseArgs } from 'node:util';
import { runBenchmark, say, underLoad, whole, writeResults } from '../benchmark.js';
import { Bed } from './bed.js';
import type { Sizes } from './figures.js';
import { measure } from './measure.js';
import { goals, page } from './report.js';

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
  const { figures, conditions } = await underLoad(async () => {
    const bed = await Bed.start(sizes.clients, true);
    try {
      return await measure(bed, sizes, say);
    } finally {
      await bed.stop();
    }
  });
  await writeResults('starter-api', { figures: { conditions, ...figures }, page: page(figures, conditions), goals: goals(figures) });
}

runBenchmark(main);
