import { access, readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { isCodedError, type CodedError, type SecretScrubber } from '@tributary/common';
import type { Logger } from '@tributary/common/logging';
import { metrics, type Telemetry } from '@tributary/clients/telemetry';
import { withEncodedFailures } from '@tributary/clients/temporal';
import { activityInterceptors } from './activity-interceptors.js';
import { installRuntime, type CoreRuntime } from './core-runtime.js';
import { WORKER_SIDECAR_UNREACHABLE, WORKER_DRAIN_TIMEOUT, WORKER_FAILED, WORKFLOW_BUNDLE_MISSING } from './errors.js';
import { startHealthServer } from './health-server.js';
import { Readiness } from './readiness.js';
import { listenForShutdown } from './shutdown-signals.js';
import { untilAborted } from './until-aborted.js';
import { waitForEnd } from './wait-for-end.js';
import { endBudget, tracingOptions, tuningOptions, versioningOptions, workerIdentity, type WorkerHostConfig } from './worker-options.js';

/** Time of the first question to the server, whose answer shows that the namespace is there, in milliseconds. */
const NAMESPACE_DEADLINE_MS = 10_000;

/** What a worker is made of. */
export interface WorkerParts {
  /** Closed by the host when the worker has ended. */
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** Activity functions by type. */
  readonly activities: object;
  readonly dataConverter?: DataConverter;
  /** Closes what the activities use. */
  close?(): Promise<void>;
}

export interface RunWorkerOptions {
  /** Name of the app, in logs, metrics and the worker's identity. */
  readonly name: string;
  readonly version: string;
  readonly taskQueue: string;
  readonly config: WorkerHostConfig;
  readonly logger: Logger;
  /** The scrubber that the app's secrets are registered with. */
  readonly scrubber: SecretScrubber;
  readonly telemetry: Telemetry;
  /** Path of the workflow bundle, where the configuration names none. */
  readonly workflowBundle: string;
  /** Rejects when the sidecar is not ready within `timeoutMs`, or when `signal` aborts. */
  readonly waitForSidecar: (timeoutMs: number, signal: AbortSignal) => Promise<void>;
  /** Connects and composes; called when the sidecar is ready. */
  readonly prepare: (signal: AbortSignal) => Promise<WorkerParts>;
  /** Told the address of the health server once it listens. */
  readonly onListening?: (url: string) => void;
}

/**
 * Runs one worker until it is told to stop or fails: waits for the sidecar, connects, polls, serves health and
 * metrics, drains on SIGTERM and SIGINT.
 * @returns exit code of the process: 0 after an orderly end, 1 after an error, which is logged
 */
export async function runWorker(options: RunWorkerOptions): Promise<number> {
  const { logger } = options;
  const signals = listenForShutdown(logger);
  const cleanups: (() => Promise<unknown>)[] = [() => options.telemetry.shutdown()];
  try {
    await runUntilStopped(options, signals.requested, cleanups);
    logger.info('Worker ended');
    return 0;
  } catch (error) {
    if (error === signals.requested.reason) return 0;
    const coded = asCoded(error, options);
    logger.fatal({ err: coded }, coded.message);
    return 1;
  } finally {
    await closeAll(cleanups, logger);
    signals.stopListening();
  }
}

/** Closes everything; what does not answer in time is left to the end of the process. */
async function closeAll(cleanups: (() => Promise<unknown>)[], logger: Logger): Promise<void> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new Error(`not closed within ${endBudget.closeMs} ms`)), endBudget.closeMs);
  for (const cleanup of cleanups.reverse()) {
    const closed = Promise.resolve().then(cleanup);
    await untilAborted(closed, over.signal, () => Promise.resolve()).catch((err: unknown) => logger.warn({ err }, 'Could not close everything'));
  }
  clearTimeout(timer);
}

async function runUntilStopped(options: RunWorkerOptions, stop: AbortSignal, cleanups: (() => Promise<unknown>)[]): Promise<void> {
  const { name, version, taskQueue, config, logger, scrubber } = options;
  const codePath = config.workflowBundle ?? options.workflowBundle;
  const readiness = new Readiness();
  metrics.collectProcess();
  metrics.describeBuild({ app: name, version, buildId: config.buildId });
  let core: CoreRuntime | undefined;
  const health = await startHealthServer({
    host: config.healthHost,
    port: config.healthPort,
    about: { app: name, version, buildId: config.buildId },
    readiness: () => readiness.state,
    metrics: async () => `${await metrics.render()}${(await core?.metrics().catch(() => '')) ?? ''}`,
  });
  cleanups.push(() => health.close());
  options.onListening?.(health.url);

  await requireBundle(codePath, name);
  const runtime = (core = await installRuntime(logger));
  cleanups.push(() => runtime.shutdown());
  await requireSidecar(options, stop);
  const parts = await untilAborted(options.prepare(stop), stop, closeParts);
  cleanups.push(() => closeParts(parts));
  await untilAborted(requireNamespace(parts), stop, () => Promise.resolve());

  const identity = workerIdentity(name);
  const tracing = await tracingOptions(options.telemetry.tracing);
  // For the thread that workflows run in: with V8's default it keeps tens of megabytes of garbage before it looks.
  setFlagsFromString('--max-semi-space-size=2');
  const worker = await Worker.create({
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue,
    identity,
    activities: parts.activities,
    workflowBundle: await bundleFor(codePath, parts.dataConverter),
    ...(parts.dataConverter ? { dataConverter: parts.dataConverter } : {}),
    ...tuningOptions(config),
    ...versioningOptions(config),
    interceptors: { activity: [...tracing.activity, activityInterceptors(scrubber, metrics)] },
    sinks: tracing.sinks,
  });
  const running = worker.run();
  let drainingSince = Infinity;
  const drain = (): void => {
    drainingSince = performance.now();
    readiness.stop('shutting down');
    worker.shutdown();
  };
  if (stop.aborted) drain();
  else stop.addEventListener('abort', drain, { once: true });
  readiness.watch({
    worker,
    connection: parts.connection,
    namespace: parts.namespace,
    taskQueue,
    identity,
    checkSidecar: (timeoutMs) => options.waitForSidecar(timeoutMs, stop),
    logger,
  });
  logger.info({ taskQueue, identity, version, health: health.url }, 'Worker started');
  try {
    await waitForEnd(worker, running);
  } catch (error) {
    const { shutdownForceTime, shutdownGraceTime: graceMs } = tuningOptions(config);
    // The SDK ends a worker that does not drain with one of several errors, none of which says so.
    throw performance.now() - drainingSince >= shutdownForceTime ? WORKER_DRAIN_TIMEOUT({ graceMs }, { cause: error }) : error;
  } finally {
    readiness.stop('the worker has ended');
  }
}

/** Where failures are encrypted outside the sandbox they are within it too, which the bundle has to be told. */
async function bundleFor(codePath: string, dataConverter: DataConverter | undefined): Promise<{ code: string } | { codePath: string }> {
  if (dataConverter?.failureConverterPath === undefined) return { codePath };
  return { code: withEncodedFailures(await readFile(codePath, 'utf8')) };
}

async function closeParts(parts: WorkerParts): Promise<void> {
  await parts.close?.();
  await parts.connection.close();
}

/** Worker.create would ask as well, but leave the thread of its workflows running when the answer is no. */
async function requireNamespace({ connection, namespace }: WorkerParts): Promise<void> {
  await connection.withDeadline(Date.now() + NAMESPACE_DEADLINE_MS, () => connection.workflowService.describeNamespace({ namespace }));
}

async function requireBundle(path: string, app: string): Promise<void> {
  await access(path).catch((cause: unknown) => {
    throw WORKFLOW_BUNDLE_MISSING({ path, app }, { cause });
  });
}

async function requireSidecar({ waitForSidecar, config }: RunWorkerOptions, stop: AbortSignal): Promise<void> {
  const timeoutMs = config.sidecarWaitMs;
  // A listener that is added to a signal that has already fired is never told.
  stop.throwIfAborted();
  await waitForSidecar(timeoutMs, stop).catch((cause: unknown) => {
    stop.throwIfAborted();
    throw WORKER_SIDECAR_UNREACHABLE({ timeoutMs, reason: (cause as Error).message }, { cause });
  });
}

function asCoded(error: unknown, { taskQueue }: RunWorkerOptions): CodedError {
  return isCodedError(error) ? error : WORKER_FAILED({ taskQueue, reason: (error as Error).message }, { cause: error });
}
