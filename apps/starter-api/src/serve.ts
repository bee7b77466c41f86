import type { Logger } from '@tributary/common/logging';
import type { FastifyInstance } from 'fastify';

/** How long requests may finish after SIGTERM, in milliseconds. */
const SHUTDOWN_GRACE_MS = 10_000;

/** What asks a process to end. */
export const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface ServeOptions {
  readonly app: FastifyInstance;
  readonly host: string;
  readonly port: number;
  readonly log: Logger;
  /** Ends what the API works with, after its last request. */
  readonly close: () => Promise<void>;
}

/**
 * Serves until SIGTERM or SIGINT: then accepts no more, lets requests finish within a bounded time, and closes. A second
 * signal ends the waiting.
 * @throws Error when the address is taken or not of this machine
 */
export async function serve({ app, host, port, log, close }: ServeOptions): Promise<void> {
  const stopping = signalled();
  const address = await app.listen({ host, port });
  log.info({ address, documentation: `${address}/docs/` }, 'listening');
  const signal = await stopping;
  log.info({ signal, graceMs: SHUTDOWN_GRACE_MS }, 'stopping');
  const impatient = signalled().then(() => 'again' as const);
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, SHUTDOWN_GRACE_MS, 'late').unref());
  const ended = await Promise.race([app.close().then(() => 'closed' as const), impatient, late]);
  if (ended !== 'closed') {
    log.warn({ reason: ended }, 'requests were cut off');
    app.server.closeAllConnections();
  }
  await Promise.race([close(), late]);
  log.info('stopped');
}

function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.once(signal, resolve);
  });
}
