import { FlowInputSchema, findCredential } from '@tributary/workflow-contracts/schemas';
import { ETL_INPUT_HOLDS_CREDENTIAL, ETL_INPUT_INVALID } from '../errors.js';
import type { FlowRun } from '../messages.js';
import { describeProblems } from '../query/arg-problem.js';
import { argsChecker } from '../query/check-args.js';

const check = argsChecker(FlowInputSchema);

/**
 * Checks the frame of an input; what the arguments hold is checked by their source.
 * @throws CodedError ETL_INPUT_INVALID, ETL_INPUT_HOLDS_CREDENTIAL
 */
export function validateInput({ flow, input }: FlowRun): void {
  const credential = findCredential(input);
  if (credential !== undefined) throw ETL_INPUT_HOLDS_CREDENTIAL({ flow, path: credential });
  const { problems } = check(input);
  if (problems.length > 0) throw ETL_INPUT_INVALID({ flow, problems: describeProblems(problems, 'input') });
}
