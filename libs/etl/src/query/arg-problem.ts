import type { CodedError } from '@tributary/common';
import { ETL_ARGS_INVALID } from '../errors.js';

/** What is wrong with one argument of a query. */
export interface ArgProblem {
  /** JSON pointer within the arguments; empty for the arguments as a whole. */
  readonly path: string;
  readonly received: unknown;
  /** What would be right, to follow "allowed:". */
  readonly allowed: string;
}

const LONGEST = 80;
const MOST = 20;

/** The error that lists every problem: where, what was received, what is allowed. */
export function argsInvalid(type: string, problems: readonly ArgProblem[]): CodedError {
  return ETL_ARGS_INVALID({ type, problems: describeProblems(problems, 'args'), paths: problems.map(({ path }) => path).slice(0, MOST) });
}

/** Problems as one text. @param whole what an empty path stands for */
export function describeProblems(problems: readonly ArgProblem[], whole: string): string {
  const lines = problems
    .slice(0, MOST)
    .map(({ path, received, allowed }) => `${path === '' ? whole : path}: received ${show(received)}, allowed: ${allowed}`);
  return [...lines, ...(problems.length > MOST ? [`and ${problems.length - MOST} more`] : [])].join('; ');
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
