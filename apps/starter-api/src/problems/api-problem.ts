import type { CodedError } from '@tributary/common';
import type { SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import type { InputProblem } from './problem-schema.js';

/** What problem details of this API hold besides the usual. */
export interface ProblemExtras extends Partial<Pick<SourceCheck, 'checks' | 'databases' | 'serverVersion'>> {
  readonly errors?: InputProblem[];
  /** Path of the run that stands in the way. */
  readonly run?: string;
  /** What the envelope of the SDK's routes holds. */
  readonly data?: object;
}

/** Response headers of a problem, such as Retry-After. */
export type ProblemHeaders = Readonly<Record<string, string>>;

/** A coded error with extras for its problem details and headers for its response. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    override readonly cause: CodedError,
    readonly extras: ProblemExtras = {},
    readonly headers: ProblemHeaders = {},
  ) {
    super(cause.message);
  }
}
