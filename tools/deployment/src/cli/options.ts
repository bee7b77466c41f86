import { parseArgs } from 'node:util';
import { DEPLOYMENT_USAGE } from '../errors.js';

const USAGE = `npx nx run <app>:deployment -- <action> [options]
  status                                     builds, who polls them, and what runs on them
  set-current --build-id <id>                new workflows start on this build
  ramp --build-id <id> --percent <0 to 100>  so many of them do; 0 ends the ramp
  drain --build-id <id>                      wait until nothing runs on this build any more
    --timeout <minutes>                      how long to wait (60)
    --entities <types>                       workflow types of live entities, where payloads are encrypted
  --deployment <name>                        of another name than TRIBUTARY_DEPLOYMENT_NAME or the app's
Temporal is reached as the worker reaches it, by TEMPORAL_* variables.`;

export type Order = { readonly deployment: string } & (
  | { readonly action: 'status' }
  | { readonly action: 'set-current'; readonly buildId: string }
  | { readonly action: 'ramp'; readonly buildId: string; readonly percent: number }
  | { readonly action: 'drain'; readonly buildId: string; readonly timeoutMs: number; readonly entities?: readonly string[] }
);

const OWN_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  status: [],
  'set-current': ['build-id'],
  ramp: ['build-id', 'percent'],
  drain: ['build-id', 'timeout', 'entities'],
};

/** Reads `<app> <action> [options]`. @throws CodedError DEPLOYMENT_USAGE */
export function parseOrder(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Order {
  const { values, positionals } = parsed(args);
  const [app = '', action = '', ...more] = positionals;
  const known = OWN_OPTIONS[action];
  if (!known || more.length > 0) throw usage(action === '' ? 'An action is missing.' : `There is no action "${[action, ...more].join(' ')}".`);
  const foreign = Object.keys(values).find((name) => name !== 'deployment' && !known.includes(name));
  if (foreign !== undefined) throw usage(`${action} takes no --${foreign}.`);
  const deployment = values.deployment ?? env['TRIBUTARY_DEPLOYMENT_NAME'] ?? app;
  if (action === 'status') return { action, deployment };
  const percent = action === 'ramp' ? number('percent', values.percent, 0, 100) : 0;
  const buildId = values['build-id'] ?? (action === 'ramp' && percent === 0 ? '' : undefined);
  if (buildId === undefined) throw usage(`${action} needs --build-id.`);
  if (action === 'ramp') return { action, deployment, buildId, percent };
  if (action === 'set-current') return { action, deployment, buildId };
  const timeoutMs = number('timeout', values.timeout ?? '60', 0, 10_080) * 60_000;
  const entities = values.entities?.split(',').filter((type) => type !== '');
  return { action: 'drain', deployment, buildId, timeoutMs, ...(entities && { entities }) };
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const options = { 'build-id': string, percent: string, timeout: string, entities: string, deployment: string };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function number(name: string, text: string | undefined, least: number, most: number): number {
  const value = Number(text?.trim() || NaN);
  if (value >= least && value <= most) return value;
  throw usage(`--${name} is ${text ?? 'missing'}; it takes a number from ${String(least)} to ${String(most)}.`);
}

function usage(problem: string): Error {
  return DEPLOYMENT_USAGE({ problem, usage: USAGE });
}
