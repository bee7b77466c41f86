/** One place of a request that does not fit. */
export interface InputProblem {
  /** JSON pointer of the place. */
  readonly pointer: string;
  readonly received?: string;
  readonly allowed: string;
}

/** RFC 9457 problem details as the API gives them. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** What to do now. */
  readonly fix: string;
  readonly documentation?: string;
  readonly errors?: readonly InputProblem[];
  /** Path of the run that stands in the way. */
  readonly run?: string;
}

/** A request that was refused, failed or never got there. */
export class ApiFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ApiFailure';
  }
}

export function isProblem(value: unknown): value is Problem {
  const problem = value as Partial<Problem> | null;
  return typeof problem === 'object' && problem !== null && typeof problem.code === 'string' && typeof problem.detail === 'string';
}

/** What is shown of anything that was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiFailure) return error.problem;
  return {
    status: 0,
    code: 'DASHBOARD_FAILED',
    title: 'The page has failed',
    detail: error instanceof Error ? error.message : String(error),
    fix: 'Reload the page. If it stays, report it with the text of the browser’s console.',
  };
}

/** The API did not answer. */
export function unreachable(): Problem {
  return {
    status: 0,
    code: 'API_UNREACHABLE',
    title: 'The API does not answer',
    detail: `No answer from ${location.host}.`,
    fix: 'Check that the starter API is running and that this machine can reach it. The page tries again by itself.',
  };
}

/** An answer that is no problem of ours: of a proxy, say. */
export function foreignAnswer(status: number): Problem {
  return {
    status,
    code: 'API_ANSWER_FOREIGN',
    title: 'An answer that is not the API’s',
    detail: `Something between this page and the API has answered with status ${status}.`,
    fix: 'Check proxies and load balancers on the way to the API.',
  };
}
