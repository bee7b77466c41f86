import { parseArgs } from 'node:util';
import { runBenchmark, say, underLoad, whole, writeResults } from '../benchmark.js';
import { Bed } from './bed.js';
import { measure, type Sizes } from './measure.js';
import { goals, page } from './report.js';
import { stepCosts } from './step-cpu.js';

const STATES = [100, 1_000, 20_000];

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
  const { figures, conditions } = await underLoad(async () => {
    const steps = stepCosts(STATES);
    const bed = await Bed.start(5 * children);
    try {
      return { ...(await measure(bed, sizes, say)), steps };
    } finally {
      await bed.stop();
    }
  });
  await writeResults('stateful-hierarchy', { figures: { conditions, ...figures }, page: page(figures, conditions), goals: goals(figures) });
}

runBenchmark(main);
