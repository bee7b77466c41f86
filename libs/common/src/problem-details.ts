import { isCodedError, type ErrorParameters, type Recovery } from './coded-error.js';
import { UNEXPECTED_ERROR } from './errors.js';

/** What an error says of itself where it leaves the process as plain JSON, as in a Temporal failure's details. */
export interface ErrorDetails {
  readonly code: string;
  readonly recovery: Recovery;
  readonly status: number;
  readonly fix: string;
  readonly parameters: ErrorParameters;
}

/** RFC 9457 problem details, with the error's code, what to do, and where it is documented. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance?: string;
  readonly code: string;
  readonly fix: string;
  /** Path of the page that describes it, where the starter API serves the documentation. */
  readonly documentation: string;
}

/** Where the starter API serves what `docs/errors.md` says of `code`. */
export function errorDocumentation(code: string): string {
  return `/docs/errors.html#${code.toLowerCase()}`;
}

/** What a coded error says of itself, as plain JSON. */
export function errorDetails(error: ReturnType<typeof UNEXPECTED_ERROR>): ErrorDetails {
  const { code, recovery, fix, parameters } = error;
  return { code, recovery, status: error.definition.status, fix, parameters };
}

/**
 * Problem details of any error. A coded error is found along the causes, also where it has become a Temporal failure
 * with `ErrorDetails`. Of any other error nothing is told but that it happened: its text was not written for a client.
 * @param instance URI reference of this occurrence, for example the path of the request
 */
export function toProblemDetails(error: unknown, instance?: string): ProblemDetails {
  const { code, status, fix, detail } = describe(error);
  return {
    type: `urn:tributary:error:${code}`,
    title: titleOf(code),
    status,
    detail,
    ...(instance === undefined ? {} : { instance }),
    code,
    fix,
    documentation: errorDocumentation(code),
  };
}

function describe(error: unknown): { code: string; status: number; fix: string; detail: string } {
  const seen = new Set<unknown>();
  for (let current = error; current instanceof Object && !seen.has(current); current = (current as Error).cause) {
    seen.add(current);
    if (isCodedError(current)) return { ...errorDetails(current), detail: current.message };
    const details = detailsOf(current);
    // A failure's message ends with what to do, which here has a member of its own.
    if (details) return { ...details, detail: withoutEnd((current as Error).message, ` ${details.fix}`) };
  }
  const unexpected = UNEXPECTED_ERROR({ message: 'its text is in the log only' });
  return { ...errorDetails(unexpected), detail: unexpected.message };
}

function detailsOf(failure: object): ErrorDetails | undefined {
  const first: unknown = (failure as { details?: unknown[] | null }).details?.[0];
  if (typeof first !== 'object' || first === null) return undefined;
  const { code, fix, status } = first as Partial<ErrorDetails>;
  if (typeof code !== 'string' || typeof fix !== 'string') return undefined;
  return { ...(first as ErrorDetails), status: typeof status === 'number' ? status : UNEXPECTED_ERROR.status };
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
