import { parseArgs } from 'node:util';
import { endWithParent } from '../end-with-parent.js';

import { startLaunchpad } from './server.js';
import { createWorld, type WorldOptions } from './world/create-world.js';

const NUMBERS = [
  'seed',
  'people',
  'teams',
  'projects',
  'bugs',
  'proposals',
  'questions',
  'blueprints',
  'uploads',
  'days',
] as const;
const SERVER_NUMBERS = ['port', 'latency', 'page-cap'] as const;

/** Runs the look-alike until it is told to stop, or whoever started it is gone. */
async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      ...(Object.fromEntries([...NUMBERS, ...SERVER_NUMBERS].map((name) => [name, string])) as Record<
        (typeof NUMBERS)[number] | (typeof SERVER_NUMBERS)[number],
        typeof string
      >),
      host: string,
      until: string,
    },
  });
  const sizes = Object.fromEntries(
    NUMBERS.flatMap((name) => (values[name] === undefined ? [] : [[name, whole(name, values[name])]])),
  );
  const world = createWorld({
    ...(sizes as WorldOptions),
    ...(values.until === undefined ? {} : { until: values.until }),
  });
  const server = await startLaunchpad({
    world,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.port === undefined ? {} : { port: whole('port', values.port) }),
    ...(values.latency === undefined ? {} : { latencyMs: whole('latency', values.latency) }),
    ...(values['page-cap'] === undefined ? {} : { pageCap: whole('page-cap', values['page-cap']) }),
  });
  process.stdout.write(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`);
  endWithParent(() => void server.stop().then(() => process.exit(0)));
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new RangeError(`--${name} takes a whole number, not "${text}"`);
  return Number(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
