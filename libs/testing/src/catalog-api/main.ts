import { fstatSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startCatalogApi } from './server.js';

const NUMBERS = ['seed', 'sources', 'datasets', 'port', 'latency'] as const;

/** Runs the catalog until it is told to stop, or whoever started it is gone. `--tokens`: a file with a JSON list of tokens. */
async function main(): Promise<void> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({ options: { seed: string, sources: string, datasets: string, port: string, latency: string, tokens: string } });
  const numbers = Object.fromEntries(NUMBERS.flatMap((name) => (values[name] === undefined ? [] : [[name, whole(name, values[name])]]))) as Partial<
    Record<(typeof NUMBERS)[number], number>
  >;
  const { port, latency, ...world } = numbers;
  const server = await startCatalogApi({
    world,
    ...(port === undefined ? {} : { port }),
    ...(latency === undefined ? {} : { latencyMs: latency }),
    ...(values.tokens === undefined ? {} : { tokens: JSON.parse(readFileSync(values.tokens, 'utf8')) as string[] }),
  });
  process.stdout.write(`${JSON.stringify({ url: server.url, pid: process.pid })}\n`);
  endWithParent(() => void server.stop().then(() => process.exit(0)));
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} takes a whole number, not "${text}"`);
  return Number(text);
}

/** Ends on a signal, and when the parent goes away: its end of standard input closes, or another process becomes the parent. */
function endWithParent(end: () => void): void {
  const parent = process.ppid;
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Of a file such as /dev/null the end comes at once and says nothing.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.once('end', end).once('error', end).resume();
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
