import type { ApiClient } from '../run/index.js';
import { DEV_RUN_FAILED } from '../errors.js';
import type { ApiRun } from '../run/index.js';
import type { Binaries, Infrastructure, StackApp, StackSecrets } from '../stack/index.js';
import type { Screen, Steps } from '../terminal/index.js';
import type { StackContext } from './with-stack.js';

/** What `npm start` is started for. */
export interface Job {
  /** Apps that it needs, with what they are called. */
  readonly apps: readonly { readonly app: StackApp; readonly title: string }[];
  /** Starts the servers that it needs. */
  prepare(context: JobContext): Promise<PreparedJob>;
}

export interface JobContext extends StackContext {
  readonly binaries: Binaries;
  readonly steps: Steps;
}

export interface PreparedJob {
  readonly infrastructure: Infrastructure;
  /** What belongs into the secret store beside that of the infrastructure. */
  readonly secrets: StackSecrets;
  /** Input of its run, to start it again by hand. */
  readonly input: object;
  /** Runs it and prints what came of it. False when it did not succeed. */
  run(api: ApiClient, screen: Screen): Promise<boolean>;
}

/** Why a run is no success, for the user. */
export function runFailed({ status, failure, links }: ApiRun<unknown>): Error {
  const { code, detail, title, fix } = failure ?? {};
  const text = [code, detail ?? title].filter(Boolean).join(': ');
  return DEV_RUN_FAILED({ status, detail: text || 'no reason was given', fix: fix ?? `Look at ${links.temporalUi ?? 'its history'}.` });
}
