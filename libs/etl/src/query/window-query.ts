import { createHash } from 'node:crypto';
import { Type, type TProperties, type TSchema } from '@sinclair/typebox';
import type { FlowInput } from '@tributary/workflow-contracts/etl';
import type { Json, Query, Window } from '../source.js';
import { readWindow } from '../time/window.js';
import { argsInvalid } from './arg-problem.js';
import { argsChecker } from './check-args.js';
import { windowArgs, type ArgsOf, type WindowQueryArgs } from './window-args.js';

/** Longest value that a summary shows as it is. */
const SHOWN = 200;

/** A query that is its arguments and their window. */
export interface WindowQuery<A> extends Query {
  readonly args: A;
}

/** Makes queries out of arguments with the properties `properties`, the window's besides, and no others. */
export function windowQueries<P extends TProperties>(type: string, properties: P) {
  const schema: TSchema = Type.Object({ ...properties, ...windowArgs }, { additionalProperties: false });
  const check = argsChecker(schema);
  /** @throws CodedError ETL_ARGS_INVALID */
  return (given: FlowInput['args'], startedAt: Date): WindowQuery<ArgsOf<P>> => {
    const checked = check(given);
    if (!checked.args) throw argsInvalid(type, checked.problems);
    const args = checked.args as ArgsOf<P>;
    const common: WindowQueryArgs = args;
    const { data_date_start: start, data_date_end: end, time_zone: timeZone, incremental = false, quarantine_threshold: threshold = 0 } = common;
    const { window, problems } = readWindow({ start, end, timeZone }, startedAt);
    if (!window) throw argsInvalid(type, problems);
    return {
      type,
      window,
      incremental,
      quarantineThreshold: threshold,
      scope: scopeOf(type, window, args),
      args,
      toSummaryBase: () => summaryOf(type, args),
    };
  };
}

/** Equal for queries that read the same things from the same origin. */
function scopeOf(type: string, { start }: Window, args: object): string {
  const named = Object.entries(args).filter(([name]) => !(name in windowArgs));
  const sorted = named.sort(([a], [b]) => (a < b ? -1 : 1));
  return `${type}:${createHash('sha256').update(JSON.stringify([start, sorted])).digest('hex').slice(0, 32)}`;
}

function summaryOf(type: string, args: object): Readonly<Record<string, Json>> {
  const entries = Object.entries(args).map(([name, value]: [string, Json]): [string, Json] => {
    if (JSON.stringify(value).length <= SHOWN) return [name, value];
    return [name, Array.isArray(value) ? `${value.length} values` : 'a long value'];
  });
  return { type, ...Object.fromEntries(entries) };
}
