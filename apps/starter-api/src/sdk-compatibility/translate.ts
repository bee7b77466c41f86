import { CheckSqlSourceInputSchema, ExtractSqlMetadataInputSchema } from '@tributary/workflow-contracts/schemas';
import type { CheckSqlSourceInput, ExtractSqlMetadataInput, Filters, SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { API_INPUT_INVALID, SDK_UNSUPPORTED } from '../errors.js';
import { ApiProblem } from '../problems/api-problem.js';
import type { InputProblem } from '../problems/problem-schema.js';
import { schemaCheck } from '../validation.js';
import { credentialsOf, isObject, plain, refuseCredentials, sourceOf, type SdkBody } from './credentials.js';
import { filtersOf } from './filters.js';

const DEFAULT_DATABASE = 'postgres';

const checkProblems = schemaCheck(CheckSqlSourceInputSchema);
const extractionProblems = schemaCheck(ExtractSqlMetadataInputSchema);

/** What a body of auth, metadata and check asks about. @throws CodedError what is wrong with it */
export function questionOf(body: SdkBody): CheckSqlSourceInput {
  refuseCredentials(body);
  const filters = filtersOf(body['metadata'] ?? body['connection_config']);
  return fitting(checkProblems, { source: overAll(sourceOf(credentialsOf(body)), filters), ...(Object.keys(filters).length > 0 ? { filters } : {}) });
}

/** The extraction that a body of start asks for. @throws CodedError what is wrong with it */
export function extractionOf(body: SdkBody, credentials: Readonly<Record<string, unknown>> | undefined = credentialsOf(body)): ExtractSqlMetadataInput {
  refuseCredentials(body);
  refuseWhatThereIsNot(body);
  const filters = filtersOf(body['metadata']);
  const source = overAll(sourceOf(credentials), filters);
  return fitting(extractionProblems, { connection: connectionOf(body['connection']), source, ...(Object.keys(filters).length > 0 ? { filters } : {}) });
}

function refuseWhatThereIsNot({ cron_schedule: cron, miner_args: miner, argo_workflow_name: argo }: SdkBody): void {
  if (typeof cron === 'string' && cron !== '') throw SDK_UNSUPPORTED({ what: 'cron_schedule', instead: 'Make a schedule with POST /v1/schedules.' });
  if (isObject(miner) && Object.keys(miner).length > 0) throw SDK_UNSUPPORTED({ what: 'miner_args', instead: 'Leave it out: queries are not mined here.' });
  if (argo !== undefined && argo !== '') throw SDK_UNSUPPORTED({ what: 'argo_workflow_name', instead: 'Leave it out: the workflow id comes from the connection.' });
}

/** `connection_name` and `connection_qualified_name`, or the shorter forms of the SDK's examples. */
function connectionOf(connection: unknown): { name: unknown; qualifiedName: unknown } {
  const given = isObject(connection) ? connection : {};
  const name = given['connection_name'] ?? given['name'] ?? given['connection'];
  const qualifiedName = given['connection_qualified_name'] ?? given['qualified_name'];
  return { name: plain(name), qualifiedName: plain(qualifiedName) ?? (typeof name === 'string' ? `default/postgres/${name.replace(/[^A-Za-z0-9._-]+/g, '-')}` : undefined) };
}

/** A filter that names another database than the one to sign in to is about all of the server. */
function overAll(source: SqlSource, { include = [] }: Filters): SqlSource {
  const own = source.database ?? DEFAULT_DATABASE;
  return include.some(({ database }) => database !== undefined && database !== own) ? { ...source, allDatabases: true } : source;
}

function fitting<T>(check: (value: unknown) => InputProblem[], value: object): T {
  const given = JSON.parse(JSON.stringify(value)) as T;
  const errors = check(given);
  if (errors.length === 0) return given;
  const problems = errors.slice(0, 3).map(({ pointer }) => pointer);
  throw new ApiProblem(API_INPUT_INVALID({ part: 'body, as it is understood here,', count: errors.length, problems }), { errors });
}
