import { RUN_ALREADY_RUNNING } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import { runLinks, type TemporalUi } from './run-links.js';

/** What is answered when an extraction of a connection stands in the way of another. */
export function alreadyRunning(connection: string, { workflowId, runId }: { readonly workflowId: string; readonly runId: string }, ui: TemporalUi): ApiProblem {
  return new ApiProblem(RUN_ALREADY_RUNNING({ connection, workflowId }), { run: runLinks(workflowId, runId, ui).self });
}
