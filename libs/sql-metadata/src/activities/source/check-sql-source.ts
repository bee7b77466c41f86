import { Context } from '@temporalio/activity';
import { assertFilters, probePostgres, type CatalogSession } from '@tributary/clients/sql';
import type { CodedError } from '@tributary/common';
import { CHECK_SQL_SOURCE } from '@tributary/workflow-contracts/sql-metadata';
import type { CheckSqlSourceInput, CheckStepName, SourceCheck } from '@tributary/workflow-contracts/sql-metadata';
import type { SqlMetadataDependencies } from '../../dependencies.js';
import { connectionOf } from '../open-source.js';
import { validateInput } from '../validate-input.js';
import { checkedDatabases, databasesOutcome, privilegesOutcome, scopeOutcome, type Findings } from './check-outcomes.js';
import { CheckEnded, CheckSteps, passed } from './check-steps.js';
import { judgeDatabases } from './database-verdicts.js';
import { limitLanes } from './limit-lanes.js';
import { fitting } from './page.js';
import { accessTo, openSession, type SourceAccess } from './source-access.js';
import { visitDatabase, type Visit } from './visit-database.js';

/** Somebody waits for the answer, and a check that takes longer than this has found its problem. */
const CHECK_SECONDS = 9;
const STATEMENT_TIMEOUT_MS = 5_000;
/** Databases that are signed in to; of the others privileges alone are told. */
const DATABASES_VISITED = 20;
const DATABASES_AT_A_TIME = 4;
/** Part of the result that the list of databases may take. */
const DATABASES_BYTES = 120_000;

/** What a check has found by its end, however early that is. */
interface Found {
  serverVersion?: string;
  findings?: Findings;
}

/** See `SqlSourceActivities.checkSqlSource`. */
export async function checkSqlSource(dependencies: SqlMetadataDependencies, input: CheckSqlSourceInput): Promise<SourceCheck> {
  const late = AbortSignal.timeout(CHECK_SECONDS * 1_000);
  const signal = AbortSignal.any([Context.current().cancellationSignal, late]);
  const steps = new CheckSteps(late, CHECK_SECONDS);
  const found: Found = {};
  try {
    await check(dependencies, input, steps, signal, found);
  } catch (error) {
    if (!(error instanceof CheckEnded)) throw error;
  }
  return resultOf(steps, found);
}

async function check(
  dependencies: SqlMetadataDependencies,
  input: CheckSqlSourceInput,
  steps: CheckSteps,
  signal: AbortSignal,
  found: Found,
): Promise<void> {
  const read = await steps.attempt('input', async () => readInput(input));
  steps.add('input', read.millis, passed('The input is valid, and holds no credential.'));

  const { source, filters = {} } = input;
  const secret = await steps.attempt('secret', () => accessTo(dependencies, source, { statementTimeoutMs: STATEMENT_TIMEOUT_MS, signal }));
  const access = secret.value;
  const held = access.password ? 'The secret store has the password.' : 'The source names no password: the server is to let the user in without one.';
  steps.add('secret', secret.millis, passed(held));

  const home = await signIn(dependencies, access, steps);
  try {
    found.serverVersion = home.serverVersion;
    steps.add('version', 0, passed(`The server is PostgreSQL ${home.serverVersion}; 12 and newer are read.`));

    const listed = await steps.attempt('databases', () => judgeDatabases(home, source, filters));
    const findings = { user: source.user, all: listed.value };
    found.findings = { ...findings, visits: [] };
    const visits = await visit(dependencies, access, input, { home, databases: listed.value.filter(({ verdict }) => verdict.selected && verdict.readable), steps });
    found.findings = { ...findings, visits };
    conclude(steps, found.findings, listed.millis);
  } finally {
    await home.close();
  }
}

function readInput(input: CheckSqlSourceInput): void {
  validateInput(CHECK_SQL_SOURCE, input);
  assertFilters(input.filters ?? {});
}

/** Steps network and sign-in. Gives the session in the source's own database. */
async function signIn(dependencies: SqlMetadataDependencies, access: SourceAccess, steps: CheckSteps): Promise<CatalogSession> {
  const { host, port, user, database, sslMode } = connectionOf(access.source);
  const probed = await steps.attempt('network', () => probePostgres({ host, port, sslMode, signal: access.signal }));
  steps.add('network', probed.millis, passed(`A PostgreSQL server answers at ${host}:${port}; it offers ${probed.value.tls ? 'TLS' : 'no TLS'}.`));

  const letIn = passed(`The server let user "${user}" in.`);
  const stepOf = ({ code }: CodedError): CheckStepName => {
    if (code === 'SQL_SOURCE_UNREACHABLE' || code === 'SQL_TLS_UNSUPPORTED' || code === 'SQL_TLS_UNTRUSTED') return 'network';
    const isBehind = code === 'SQL_SERVER_UNSUPPORTED' || BEHIND_SIGN_IN.has(code);
    if (isBehind) steps.add('sign-in', 0, letIn);
    return code === 'SQL_SERVER_UNSUPPORTED' ? 'version' : isBehind ? 'databases' : 'sign-in';
  };
  const opened = await steps.attempt('sign-in', () => openSession(dependencies, access, database), stepOf);
  steps.add('sign-in', opened.millis, letIn);
  return opened.value;
}

/** A server looks at the database only after it has let the user in. */
const BEHIND_SIGN_IN: ReadonlySet<string> = new Set(['SQL_DATABASE_UNKNOWN', 'SQL_DATABASE_CLOSED', 'SQL_PERMISSION_DENIED']);

interface VisitPlan {
  readonly home: CatalogSession;
  readonly databases: readonly { readonly name: string }[];
  readonly steps: CheckSteps;
}

async function visit(
  dependencies: SqlMetadataDependencies,
  access: SourceAccess,
  { filters = {} }: CheckSqlSourceInput,
  { home, databases, steps }: VisitPlan,
): Promise<Visit[]> {
  const { database } = connectionOf(access.source);
  const visits = await steps.attempt('privileges', () =>
    limitLanes(databases.slice(0, DATABASES_VISITED), DATABASES_AT_A_TIME, ({ name }) =>
      visitDatabase(name, filters, async () => (name === database ? home : openSession(dependencies, access, name))),
    ),
  );
  return visits.value;
}

function conclude(steps: CheckSteps, findings: Findings, listMillis: number): void {
  const millis = (part: keyof Visit['millis']): number => findings.visits.reduce((total, each) => total + each.millis[part], 0);
  const outcomes = { privileges: privilegesOutcome(findings), scope: scopeOutcome(findings) };
  steps.add('databases', listMillis + millis('signIn'), databasesOutcome(findings));
  if (outcomes.privileges) steps.add('privileges', millis('privileges'), outcomes.privileges);
  if (outcomes.scope) steps.add('scope', millis('scope'), outcomes.scope);
}

function resultOf(steps: CheckSteps, { serverVersion, findings }: Found): SourceCheck {
  const checks = steps.list();
  const all = findings ? checkedDatabases(findings) : [];
  const databases = fitting(all, DATABASES_BYTES);
  const databasesOmitted = all.length - databases.length;
  return {
    ok: checks.every(({ status, required }) => status !== 'failed' || !required),
    ...(serverVersion !== undefined && { serverVersion }),
    checks,
    databases,
    ...(databasesOmitted > 0 && { databasesOmitted }),
  };
}
