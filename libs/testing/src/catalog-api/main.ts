import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { endWithParent } from '../end-with-parent.js';
import { startCatalogApi } from './server.js';

const NUMBERS = ['seed', 'sources', 'datasets', 'port', 'latency'] as const;

/** Runs the catalog until it is told to stop, or whoever started it is gone. `--tokens`: a file with a JSON list of tokens. */
async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { seed: string, sources: string, datasets: string, port: string, latency: string, tokens: string, host: string } });
  const numbers = Object.fromEntries(NUMBERS.flatMap((name) => (values[name] === undefined ? [] : [[name, whole(name, values[name])]]))) as Partial<
    Record<(typeof NUMBERS)[number], number>
  >;
  const { port, latency, ...world } = numbers;
  const server = await startCatalogApi({
    world,
    ...(port === undefined ? {} : { port }),
    ...(latency === undefined ? {} : { latencyMs: latency }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.tokens === undefined ? {} : { tokens: JSON.parse(readFileSync(values.tokens, 'utf8')) as string[] }),
  });
  process.stdout.write(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`);
  endWithParent(() => void server.stop().then(() => process.exit(0)));
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} takes a whole number, not "${text}"`);
  return Number(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
