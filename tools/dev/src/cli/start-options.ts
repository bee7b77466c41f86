import { parseArgs } from 'node:util';
import { DEV_USAGE } from '../errors.js';

const USAGE = 'npm start -- [--once] [--source postgres://user@host:5432/database]';

export interface StartOptions {
  /** End after the run. */
  readonly once: boolean;
  /** URL of a database other than the sample. */
  readonly source?: string;
}

/** @throws DEV_USAGE */
export function parseStartOptions(args: readonly string[]): StartOptions {
  try {
    const { values } = parseArgs({ args: [...args], options: { once: { type: 'boolean', default: false }, source: { type: 'string' } } });
    return { once: values.once, ...(values.source === undefined ? {} : { source: values.source }) };
  } catch (error) {
    // What was given may hold a password; the first words of Node's message name the option alone.
    const option = /'(-[\w-]*)/.exec((error as Error).message)?.[1];
    throw DEV_USAGE({ problem: option ? `The option ${option} is unknown or lacks its value.` : 'There is an argument too many.', usage: USAGE });
  }
}

/** @throws DEV_USAGE when there are any arguments */
export function refuseArguments(args: readonly string[], usage: string): void {
  if (args.length > 0) throw DEV_USAGE({ problem: `It takes no arguments, but got ${args.length}.`, usage });
}
