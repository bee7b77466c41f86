import { ExtractSqlMetadataInputSchema, findCredential } from '@tributary/workflow-contracts/schemas';
import Ajv from 'ajv';
import { SQL_INPUT_HOLDS_CREDENTIAL, SQL_INPUT_INVALID } from '../errors.js';

const validate = new Ajv({ allErrors: true, strict: false }).compile(ExtractSqlMetadataInputSchema);

/**
 * Checks an input against its contract: the API has done so already, a client that starts the workflow itself has not.
 * @throws CodedError SQL_INPUT_INVALID, SQL_INPUT_HOLDS_CREDENTIAL
 */
export function validateInput(input: unknown): void {
  const credential = findCredential(input);
  if (credential) throw SQL_INPUT_HOLDS_CREDENTIAL({ path: credential });
  if (validate(input)) return;
  const problems = (validate.errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
    return `${instancePath || 'input'} ${message ?? 'is invalid'}${extra}`;
  });
  throw SQL_INPUT_INVALID({ problems });
}
