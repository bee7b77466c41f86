// The look-alike Launchpad in a process of its own: `look-alike-process <world size as JSON>`, told what to do by messages.
import { startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import { benchWorld, type WorldSize } from './bench-world.js';
import { changeWorld } from './change-world.js';
import { LATENCY_MS } from './conditions.js';
import { neededRequests } from './needed-requests.js';
import type { RequestFigures } from './look-alike.js';

async function main([size = '']: readonly string[]): Promise<void> {
  const server = await startLaunchpad({ world: benchWorld(JSON.parse(size) as WorldSize), latencyMs: LATENCY_MS });
  const calls: Readonly<Record<string, (argument: unknown) => unknown>> = {
    url: () => server.url,
    needed: () => neededRequests(server.world),
    change: (share) => changeWorld(server.world, share as number),
    figures: () => figures(server),
    clear: () => void server.requests.clear(),
  };
  process.on('message', ({ id, call, argument }: { id: number; call: string; argument: unknown }) => {
    process.send?.({ id, result: calls[call]?.(argument) });
  });
  process.on('disconnect', () => void server.stop().then(() => process.exit(0)));
}

function figures({ requests }: LaunchpadServer): RequestFigures {
  const kinds: Record<string, number> = {};
  for (const { path, operation } of requests.entries) {
    const kind = operation ?? path.split('/').at(-1)?.replace(/^~.*/, 'person').replace(/^\d+$/, 'bug') ?? '';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return {
    count: requests.count(),
    failed: requests.count(({ status }) => status !== 200),
    distinct: new Set(requests.entries.map(({ url }) => url)).size,
    mostInFlight: requests.peak,
    busyMillis: requests.entries.reduce((sum, { millis }) => sum + millis, 0),
    kinds,
  };
}

void main(process.argv.slice(2));
