import { execute } from '@tributary/testing/sql-sample';
import { CHECK_SQL_SOURCE, CHECK_STEPS } from '@tributary/workflow-contracts/sql-metadata';
import type { CheckSqlSourceInput, CheckStep, CheckStepName, SourceCheck, SqlSource } from '@tributary/workflow-contracts/sql-metadata';
import { SourceCheckSchema } from '@tributary/workflow-contracts/schemas';
import Ajv from 'ajv';
import { ExtractionTestBed } from './extraction-test-bed.js';
import { listen, olderVersion, passOn, type StandIn } from './stand-in-servers.js';

const acceptsCheck = new Ajv({ strict: false }).compile(SourceCheckSchema);
const READER = 'sample_reader';

describe('checkSqlSource', () => {
  let bed: ExtractionTestBed;
  const standIns: StandIn[] = [];

  beforeAll(async () => {
    bed = await ExtractionTestBed.start();
    await execute(bed.postgres.url, 'CREATE DATABASE guarded');
    await execute(guarded(), `
      CREATE SCHEMA "Vault ""1"""; CREATE TABLE "Vault ""1""".gold (id int); CREATE TABLE public.silver (id int);`);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(standIns.map((each) => each.close()));
    await bed.stop();
  });

  function guarded(): string {
    const url = new URL(bed.postgres.url);
    url.pathname = '/guarded';
    return url.href;
  }

  async function check(source: SqlSource, filters?: CheckSqlSourceInput['filters']): Promise<SourceCheck> {
    const checked = await bed.run<SourceCheck>(CHECK_SQL_SOURCE, { source, ...(filters && { filters }) });
    expect([acceptsCheck(checked), acceptsCheck.errors]).toEqual([true, null]);
    expect(checked.checks.map(({ name }) => name)).toEqual(CHECK_STEPS);
    expect(checked.checks.reduce((total, { millis }) => total + millis, 0)).toBeLessThan(10_000);
    return checked;
  }

  async function standIn(made: Promise<StandIn>): Promise<number> {
    standIns.push(await made);
    return (await made).port;
  }

  const reader = (more: Partial<SqlSource> = {}): SqlSource => bed.sourceOf(READER, more);
  const stepOf = ({ checks }: SourceCheck, name: CheckStepName): CheckStep | undefined => checks.find((step) => step.name === name);

  /** Expects exactly this step to have failed, those before it to have passed, and the later ones to be skipped. */
  function expectFailure(checked: SourceCheck, name: CheckStepName, code: string, skipped: readonly CheckStepName[] = []): CheckStep {
    expect(checked.ok).toBe(false);
    const at = CHECK_STEPS.indexOf(name);
    const expected = CHECK_STEPS.map((step, index) => (index < at ? (skipped.includes(step) ? 'skipped' : 'passed') : index === at ? 'failed' : 'skipped'));
    expect(checked.checks.map(({ status }) => status)).toEqual(expected);
    const step = stepOf(checked, name);
    expect(step).toMatchObject({ code, required: true });
    expect(step?.fix).toBeTruthy();
    return step as CheckStep;
  }

  it('passes every step where all is in order, well below ten seconds', async () => {
    const begun = Date.now();
    const checked = await check(bed.input().source);
    expect(Date.now() - begun).toBeLessThan(5_000);
    expect(checked.checks.map(({ status }) => status)).toEqual(CHECK_STEPS.map(() => 'passed'));
    expect(checked).toMatchObject({ ok: true, serverVersion: expect.stringMatching(/^1\d\.\d/) as string, databases: [{ name: 'postgres', readable: true }] });
  });

  it('says of a wrong password that the server refused it, once, and at once', async () => {
    bed.passwords['mistaken'] = 'not the password';
    const begun = Date.now();
    let tried = 0;
    const port = await standIn(passOn(bed.postgres.port, () => tried++));
    const checked = await check(reader({ port, password: 'secret://local/mistaken' }));
    expect(Date.now() - begun).toBeLessThan(3_000);
    // A second attempt would count towards locking the account.
    expect(tried).toBe(1);
    const step = expectFailure(checked, 'sign-in', 'SQL_SIGN_IN_FAILED');
    expect(step.detail).toContain(`user "${READER}"`);
    expect(JSON.stringify(checked)).not.toContain('not the password');
  });

  it('says that the secret is not there', async () => {
    expectFailure(await check(reader({ password: 'secret://local/nothing' })), 'secret', 'SECRET_NOT_FOUND');
  });

  it.each([
    ['a credential in the open', { password: 'hunter2' as never }, undefined, 'SQL_INPUT_HOLDS_CREDENTIAL'],
    ['a host that is a URL', { host: 'postgres://db' }, undefined, 'SQL_INPUT_INVALID'],
    ['a pattern with half a character', {}, { include: [{ schema: '\ud83d' }] }, 'SQL_FILTER_INVALID'],
  ])('says of %s that the input is not valid', async (_, source, filters, code) => {
    const checked = await check(reader(source), filters);
    expectFailure(checked, 'input', code);
    expect(JSON.stringify(checked)).not.toContain('hunter2');
  });

  it.each<[string, () => Partial<SqlSource> | Promise<Partial<SqlSource>>, string]>([
    ['an unknown host', () => ({ host: 'no-such-host.invalid' }), 'SQL_SOURCE_UNREACHABLE'],
    ['a closed port', async () => {
      const closed = await listen(() => undefined);
      await closed.close();
      return { host: '127.0.0.1', port: closed.port };
    }, 'SQL_SOURCE_UNREACHABLE'],
    ['something else than PostgreSQL', async () => ({ port: await standIn(listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))) }), 'SQL_SOURCE_UNREACHABLE'],
    ['a server that closes the connection', async () => ({ port: await standIn(listen((socket) => socket.end())) }), 'SQL_SOURCE_UNREACHABLE'],
    ['a server that never answers', async () => ({ port: await standIn(listen(() => undefined)) }), 'SQL_SOURCE_UNREACHABLE'],
    ['a server without the TLS that is asked for', () => ({ sslMode: 'require' }), 'SQL_TLS_UNSUPPORTED'],
    ['a server whose TLS breaks', async () => ({
      sslMode: 'verify-full',
      port: await standIn(listen((socket) => socket.once('data', () => {
        socket.write('S');
        socket.once('data', () => socket.end('no handshake'));
      }))),
    }), 'SQL_TLS_UNTRUSTED'],
  ])('fails step network for %s', async (_, more, code) => {
    expectFailure(await check(reader(await more())), 'network', code);
  }, 20_000);

  it('fails step version for a server that is too old', async () => {
    const port = await standIn(olderVersion(bed.postgres.port));
    expectFailure(await check(reader({ port })), 'version', 'SQL_SERVER_UNSUPPORTED');
  });

  it('fails step databases for a database that is not there', async () => {
    expectFailure(await check(reader({ database: 'nowhere' })), 'databases', 'SQL_DATABASE_UNKNOWN', ['version']);
  });

  it('names the GRANT for a database that the role may not connect to, and passes once it has run', async () => {
    const step = expectFailure(await check(reader({ database: 'archive' })), 'databases', 'SQL_PERMISSION_DENIED', ['version']);
    expect(step.fix).toBe('GRANT CONNECT ON DATABASE "archive" TO "sample_reader"');

    const several = await check(reader({ allDatabases: true }));
    expect(several.ok).toBe(true);
    expect(stepOf(several, 'databases')).toMatchObject({ status: 'warning', fix: step.fix });
    expect(several.databases).toContainEqual(expect.objectContaining({ name: 'archive', readable: false, fix: step.fix }));
    expect(several.databases).toContainEqual({ name: 'postgres', readable: true });

    const none = await check(reader({ allDatabases: true }), { include: [{ database: 'archive' }] });
    expect(none.ok).toBe(false);
    expect(stepOf(none, 'databases')).toMatchObject({ status: 'failed', code: 'SQL_NOTHING_CONNECTABLE', fix: step.fix });

    await execute(bed.postgres.url, step.fix ?? '');
    expect(stepOf(await check(reader({ database: 'archive' })), 'databases')).toMatchObject({ status: 'passed' });
    await execute(bed.postgres.url, `REVOKE CONNECT ON DATABASE archive FROM ${READER}`);
  });

  it('warns of a schema without USAGE, with the GRANT that mends it', async () => {
    const checked = await check(reader({ database: 'guarded' }));
    expect(checked.ok).toBe(true);
    const step = stepOf(checked, 'privileges');
    expect(step).toMatchObject({ status: 'warning', fix: `GRANT USAGE ON SCHEMA "Vault ""1""" TO "${READER}"` });
    await execute(guarded(), step?.fix ?? '');
    expect(stepOf(await check(reader({ database: 'guarded' })), 'privileges')).toMatchObject({ status: 'passed' });
    await execute(guarded(), `REVOKE USAGE ON SCHEMA "Vault ""1""" FROM ${READER}`);
  });

  it.each([
    ['SELECT on pg_catalog.pg_proc', 'GRANT SELECT ON pg_catalog.pg_proc TO "sample_reader"'],
    ['SELECT on pg_catalog.pg_namespace', 'GRANT SELECT ON pg_catalog.pg_namespace TO "sample_reader"'],
    ['EXECUTE on function pg_catalog.pg_get_viewdef(oid)', 'GRANT EXECUTE ON FUNCTION pg_catalog.pg_get_viewdef(oid) TO "sample_reader"'],
  ])('fails step privileges without %s, and passes once its GRANT has run', async (privilege, grant) => {
    await execute(guarded(), `REVOKE ${privilege} FROM PUBLIC`);
    const step = expectFailure(await check(reader({ database: 'guarded' }), { include: [{ schema: 'public' }] }), 'privileges', 'SQL_PERMISSION_DENIED');
    expect(step.fix).toBe(grant);
    await execute(guarded(), grant);
    expect((await check(reader({ database: 'guarded' }), { include: [{ schema: 'public' }] })).ok).toBe(true);
    await execute(guarded(), `${grant.replace('GRANT', 'REVOKE').replace(' TO ', ' FROM ')}; GRANT ${privilege} TO PUBLIC`);
  });

  it('fails step scope for filters that select nothing', async () => {
    const noDatabase = await check(reader(), { include: [{ database: 'elsewhere' }] });
    expect(stepOf(noDatabase, 'scope')).toMatchObject({ status: 'failed', code: 'SQL_NOTHING_SELECTED' });
    expect(noDatabase).toMatchObject({ ok: false, databases: [] });
    const noObject = await check(reader(), { include: [{ schema: 'Sales' }] });
    expect(stepOf(noObject, 'scope')).toMatchObject({ status: 'failed', code: 'SQL_NO_OBJECT_SELECTED' });
    expect(noObject.ok).toBe(false);
    expect(stepOf(await check(reader(), { include: [{ schema: 'sales' }] }), 'scope')).toMatchObject({ status: 'passed' });
  });

  it('keeps many checks at a time with different credentials apart', async () => {
    const roles = Array.from({ length: 8 }, (_, at) => `role_${at}`);
    for (const role of roles) {
      bed.passwords[role] = `password of ${role}`;
      await execute(bed.postgres.url, `CREATE ROLE ${role} LOGIN PASSWORD 'password of ${role}'`);
    }
    // Each role with its own password, and with that of the next one.
    const cases = roles.flatMap((role, at) => [
      { role, secret: role, ok: true },
      { role, secret: roles[(at + 1) % roles.length], ok: false },
      { role, secret: role, ok: true },
    ]);
    const found = await Promise.all(cases.map(({ role, secret }) => check(bed.sourceOf(role, { password: `secret://local/${secret ?? ''}` }))));
    expect(found.map(({ ok }) => ok)).toEqual(cases.map(({ ok }) => ok));
    found.forEach((checked, at) => {
      expect(stepOf(checked, 'sign-in')).toMatchObject({
        status: cases[at]?.ok ? 'passed' : 'failed',
        detail: expect.stringContaining(`"${cases[at]?.role ?? ''}"`) as string,
      });
    });
  }, 60_000);
});
