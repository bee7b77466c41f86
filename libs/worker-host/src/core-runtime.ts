import { createServer, type AddressInfo } from 'node:net';
import { Runtime } from '@temporalio/worker';
import type { Logger } from '@tributary/common/logging';
import { temporalLogger } from './temporal-logger.js';

/** Temporal's core in this process. */
export interface CoreRuntime {
  /** The core's own metrics in Prometheus' text format. */
  metrics(): Promise<string>;
  shutdown(): Promise<void>;
}

/** Installs Temporal's runtime with our logger. Its metrics are served on loopback, for our own `/metrics` to add. */
export async function installRuntime(logger: Logger): Promise<CoreRuntime> {
  const address = `127.0.0.1:${await freeLoopbackPort()}`;
  const runtime = Runtime.install({
    logger: temporalLogger(logger),
    // Signals are ours: unready first, and the second one forces.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
      metrics: { prometheus: { bindAddress: address, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } },
    },
  });
  return {
    async metrics() {
      const response = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(2_000) });
      return response.text();
    },
    shutdown: () => runtime.shutdown(),
  };
}

async function freeLoopbackPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
