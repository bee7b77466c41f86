import {
  BrowseSqlSourceInputSchema,
  CheckSqlSourceInputSchema,
  ExtractSqlMetadataInputSchema,
  findCredential,
  PlanSqlExtractionInputSchema,
} from '@tributary/workflow-contracts/schemas';
import {
  BROWSE_SQL_SOURCE,
  CHECK_SQL_SOURCE,
  EXTRACT_SQL_METADATA,
  PLAN_SQL_EXTRACTION,
} from '@tributary/workflow-contracts/sql-metadata';
import Ajv from 'ajv';
import { SQL_INPUT_HOLDS_CREDENTIAL, SQL_INPUT_INVALID } from '../errors.js';

const ajv = new Ajv({ allErrors: true, strict: false });
const VALIDATORS = {
  [EXTRACT_SQL_METADATA]: ajv.compile(ExtractSqlMetadataInputSchema),
  [CHECK_SQL_SOURCE]: ajv.compile(CheckSqlSourceInputSchema),
  [BROWSE_SQL_SOURCE]: ajv.compile(BrowseSqlSourceInputSchema),
  [PLAN_SQL_EXTRACTION]: ajv.compile(PlanSqlExtractionInputSchema),
} as const;

/**
 * Checks the input of a workflow against its contract: the API has done so already, a client that starts the workflow
 * itself has not.
 * @throws CodedError SQL_INPUT_INVALID, SQL_INPUT_HOLDS_CREDENTIAL
 */
export function validateInput(workflow: keyof typeof VALIDATORS, input: unknown): void {
  const credential = findCredential(input);
  if (credential) throw SQL_INPUT_HOLDS_CREDENTIAL({ workflow, path: credential });
  const validate = VALIDATORS[workflow];
  if (validate(input)) return;
  const problems = (validate.errors ?? []).slice(0, 5).map(({ instancePath, message, params }) => {
    const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
    return `${instancePath || 'input'} ${message ?? 'is invalid'}${extra}`;
  });
  throw SQL_INPUT_INVALID({ workflow, problems });
}
