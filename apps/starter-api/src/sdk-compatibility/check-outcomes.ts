import type { Static } from '@sinclair/typebox';
import { CodedError } from '@tributary/common';
import type { CheckStep, CheckStepName, SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import { ApiProblem } from '../problems/api-problem.js';
import { checkFailure } from '../sources/source-failure.js';
import type { SdkAuthSchema, SdkCheckSchema } from './schemas.js';

type Outcomes = Static<typeof SdkCheckSchema>['data'];
type Identity = Static<typeof SdkAuthSchema>['data'];

const SIGN_IN: readonly CheckStepName[] = ['input', 'secret', 'network', 'sign-in'];

/** Steps of which a credential alone can be the cause. */
const OF_CREDENTIALS: readonly CheckStepName[] = ['secret', 'sign-in'];

/** The SDK's checks, by what our steps have found. */
export function outcomesOf(check: SourceCheck): Outcomes {
  return {
    authenticationCheck: outcomeOf(check, SIGN_IN),
    versionCheck: outcomeOf(check, ['version']),
    databaseSchemaCheck: outcomeOf(check, ['databases', 'scope']),
    tablesCheck: outcomeOf(check, ['privileges']),
  };
}

/** What a check that is not ok answers. */
export function refusedCheck(check: SourceCheck): ApiProblem {
  const { cause, extras } = checkFailure(check);
  return new ApiProblem(cause, { ...extras, data: outcomesOf(check) });
}

/**
 * Whether the credentials let in, whatever the role may read then.
 * @throws ApiProblem with 401 where they are the reason, 422 where another thing is
 */
export function identityOf(check: SourceCheck, user: string): Identity {
  const failed = check.checks.find(({ name, status, required }) => SIGN_IN.includes(name) && required && status === 'failed');
  if (!failed) return { status: 'success', message: 'Signed in', identities: [user], scopes: [] };
  const { cause } = checkFailure(check);
  const isRefused = OF_CREDENTIALS.includes(failed.name);
  const data: Identity = { status: isRefused ? 'invalid_credentials' : 'failed', message: failed.detail, identities: [], scopes: [] };
  return refuse(cause, isRefused, data);
}

/** A challenge must go with a 401. Its scheme tells that it is not the API that wants other credentials. */
function refuse(cause: ApiProblem['cause'], isRefused: boolean, data: Identity): never {
  const headers = isRefused ? { 'www-authenticate': 'Source realm="source"' } : {};
  const error = isRefused ? new CodedError({ ...cause.definition, status: 401 }, cause.parameters) : cause;
  throw new ApiProblem(error, { data }, headers);
}

function outcomeOf({ checks }: SourceCheck, names: readonly CheckStepName[]): Outcomes['versionCheck'] {
  const steps = checks.filter(({ name }) => names.includes(name));
  const failed = steps.filter(isFailed);
  const success = failed.length === 0;
  const message = (success ? steps : failed).map(({ detail, fix }) => (success || fix === undefined ? detail : `${detail} ${fix}`)).join(' ');
  return { success, message, successMessage: success ? message : '', failureMessage: success ? '' : message };
}

/** A step that was not tried has proved nothing. */
function isFailed({ status, required }: CheckStep): boolean {
  return required && (status === 'failed' || status === 'skipped');
}
