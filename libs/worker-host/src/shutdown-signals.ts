import type { Logger } from '@tributary/common/logging';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** The first SIGTERM or SIGINT, as something that can be waited for. */
export interface ShutdownSignals {
  /** Aborts at the first signal. */
  readonly requested: AbortSignal;
  stopListening(): void;
}

/** Listens for signals: the first one asks for an orderly end, the second one ends the process at once with code 1. */
export function listenForShutdown(logger: Logger): ShutdownSignals {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      logger.warn({ signal }, 'Second signal: ending at once');
      process.exit(1);
    }
    logger.info({ signal }, 'Shutting down');
    controller.abort(new Error(`Received ${signal}`));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    requested: controller.signal,
    stopListening: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
