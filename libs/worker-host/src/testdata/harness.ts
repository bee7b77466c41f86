import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection, bundleWorkflowCode } from '@temporalio/worker';
import { SecretScrubber } from '@tributary/common';
import { defineConfig, loadConfig, workerHostVariables, type Environment } from '@tributary/common/config';
import { createLogger } from '@tributary/common/logging';
import { startTelemetry } from '@tributary/clients/telemetry';
import { runWorker, type RunWorkerOptions } from '../index.js';
import { createActivities, type ActivityControl } from './activities.js';

export const TASK_QUEUE = 'fixture';

/** Builds the fixture's workflow bundle into a temporary folder. */
export async function buildBundle(): Promise<{ codePath: string; bytes: number; remove(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'worker-host-'));
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('./workflows.ts'),
    workflowInterceptorModules: [require.resolve('../workflow-interceptors/index.ts')],
    logger: silent,
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        conditionNames: ['@tributary/source', 'webpack', 'import', 'require', 'node', 'default'],
      },
    }),
  });
  const codePath = join(folder, 'workflow-bundle.js');
  writeFileSync(codePath, code);
  return { codePath, bytes: code.length, remove: () => rm(folder, { recursive: true }) };
}

const silent = { log: () => {}, trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface HostUnderTest {
  /** Address of its health server. */
  readonly url: Promise<string>;
  readonly exit: Promise<number>;
  readonly control: ActivityControl;
  /** Lines that it has logged so far. */
  readonly lines: string[];
  /** Status and body of one of its pages. */
  get(path: string): Promise<{ status: number; body: string }>;
}

export interface HostOptions {
  readonly address: string;
  readonly codePath: string;
  readonly password?: string;
  readonly env?: Environment;
  readonly otlpEndpoint?: string;
  /** Where its log goes besides `lines`. */
  readonly destination?: { write(line: string): unknown };
  readonly overrides?: Partial<RunWorkerOptions>;
}

/** Runs the fixture's worker in this process. */
export function startHost({ address, codePath, password = 'unused', env = {}, otlpEndpoint, destination, overrides }: HostOptions): HostUnderTest {
  const lines: string[] = [];
  const control: ActivityControl = { started: [], attempts: new Map(), release: Promise.resolve() };
  const scrubber = new SecretScrubber();
  const sink = {
    write(line: string): void {
      lines.push(line);
      destination?.write(line);
    },
  };
  const logger = createLogger({ name: 'fixture', level: 'info', scrubber, destination: sink });
  const schema = defineConfig({ app: 'fixture', description: '', variables: workerHostVariables });
  const url = gate<string>();
  const run = async (): Promise<number> =>
    runWorker({
      name: 'fixture',
      version: '1.2.3',
      taskQueue: TASK_QUEUE,
      config: loadConfig(schema, { TRIBUTARY_HEALTH_PORT: '0', ...env }),
      logger,
      scrubber,
      telemetry: await startTelemetry({ serviceName: 'fixture', serviceVersion: '1.2.3', otlpEndpoint, scrubber }),
      workflowBundle: codePath,
      waitForSidecar: () => Promise.resolve(),
      prepare: async () => ({
        connection: await NativeConnection.connect({ address }),
        namespace: 'default',
        activities: createActivities(control, scrubber, password, logger),
      }),
      onListening: url.open,
      ...overrides,
    });
  return {
    url: url.opened,
    exit: run(),
    control,
    lines,
    async get(path) {
      const response = await fetch(`${await url.opened}${path}`);
      return { status: response.status, body: await response.text() };
    },
  };
}

/** A promise that the test resolves. */
export function gate<T>(): { readonly opened: Promise<T>; open(value: T): void } {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { opened, open: (value) => open(value) };
}

/** Waits until `probe` gives a truthy value, and returns it; an error of the probe counts as "not yet". */
export async function eventually<T>(what: string, probe: () => Promise<T> | T, timeoutMs = 45_000): Promise<NonNullable<T>> {
  const until = Date.now() + timeoutMs;
  let last: unknown;
  while (Date.now() < until) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not happen within ${timeoutMs} ms; last: ${String(last)}`);
}
