import { DEV_STACK_MISSING } from '../errors.js';
import { identify, isRunning } from '../process/index.js';
import type { ProcessIdentity } from '../process/index.js';
import { readJson } from './layout.js';
import type { StackLayout } from './layout.js';
import { writePrivateJson } from './private-file.js';

/** What `nx serve` must know of the running stack. Only we may read it: `stateUrl` holds a password. */
export interface StackFile {
  readonly temporal: { readonly address: string; readonly namespace: string; readonly uiUrl: string };
  readonly postgres: { readonly host: string; readonly port: number };
  /** Connection URL of the state store's database. */
  readonly stateUrl: string;
  /** URL of the events database, without the password: that is in the secret store. */
  readonly eventsUrl: string;
  readonly launchpad: LaunchpadPlace;
  /** Base URL of the data catalog, where there is one. */
  readonly catalogUrl?: string;
}

/** The Launchpad that is read. */
export interface LaunchpadPlace {
  /** Name or URL. */
  readonly serviceRoot: string;
  /** Name that the token was made for; without one it is read anonymously. */
  readonly signedInAs?: string;
}

/** Says where the stack of this process is. */
export function writeStackFile(layout: StackLayout, stack: StackFile): void {
  writePrivateJson(layout.stackFile, { ...stack, process: identify(process.pid) });
}

/** @throws DEV_STACK_MISSING when no stack runs, also when a killed one has left its file */
export function readStackFile(layout: StackLayout): StackFile {
  const stack = readJson<StackFile & { process?: ProcessIdentity }>(layout.stackFile);
  if (!stack?.process || !isRunning(stack.process)) throw DEV_STACK_MISSING({ file: layout.stackFile });
  return stack;
}
