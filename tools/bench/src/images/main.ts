import { parseArgs } from 'node:util';
import { runBenchmark, say, underLoad, whole, writeResults } from '../benchmark.js';
import { measure } from './measure.js';
import { goals, page } from './report.js';

async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { starts: string, idle: string } });
  const { figures, conditions } = await underLoad(() =>
    measure({
      starts: whole(values.starts ?? '5'),
      idleSeconds: whole(values.idle ?? '60'),
      tag: process.env['TRIBUTARY_TAG'] || 'local',
      baseImage: process.env['BASE_IMAGE'] || 'gcr.io/distroless/nodejs24-debian12:nonroot',
      say,
    }),
  );
  await writeResults('images', { figures: { conditions, ...figures }, page: page(figures, conditions), goals: goals(figures) });
}

// Its image is not everywhere to be had; what is started here is ended here.
process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
runBenchmark(main);
