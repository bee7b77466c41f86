import { execFile } from 'node:child_process';
import { statSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startLaunchpad, type LaunchpadServer } from '@tributary/testing/launchpad';
import { waitFor } from '@tributary/testing/stack';
import { LaunchpadBed } from './launchpad-bed.js';

const MAIN = resolve(__dirname, '../../dist/main.js');

interface Ended {
  readonly code: number;
  readonly output: string;
}

describe('commands of the Launchpad worker', () => {
  let launchpad: LaunchpadServer;
  let bed: LaunchpadBed;

  beforeAll(async () => {
    launchpad = await startLaunchpad();
    bed = await LaunchpadBed.start({ serviceRoot: launchpad.url });
  }, 120_000);

  afterAll(async () => {
    await bed?.stop();
    await launchpad?.stop();
  }, 60_000);

  function command(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    return new Promise((end) => {
      execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) => {
        end({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      });
    });
  }

  describe('login', () => {
    /** Opens the address that is waited for, and decides as somebody. */
    async function decide(person: string, level: 'READ_PRIVATE' | 'UNAUTHORIZED'): Promise<void> {
      await waitFor('somebody to be asked', () => launchpad.tokens.pending().length > 0, 20_000);
      for (const { key } of launchpad.tokens.pending()) launchpad.tokens.review(key, person, level);
    }

    it.each(['dapr', 'kubernetes'] as const)('keeps the token in a file of one\'s own, in the form of %s, and shows it nowhere', async (format) => {
      const output = join(bed.stack.folder, 'deeper', `token-${format}.json`);
      const ended = command(['login', '--service-root', launchpad.url, '--application', 'my-app', '--output', output, '--format', format], {});
      await decide('alice', 'READ_PRIVATE');
      const { code, output: text } = await ended;
      expect([code, text]).toEqual([0, expect.stringContaining('+authorize-token?oauth_token=') as string]);
      expect(statSync(output).mode & 0o777).toBe(0o600);
      const file = JSON.parse(readFileSync(output, 'utf8')) as { launchpad?: Record<string, string>; kind?: string; stringData?: Record<string, string> };
      const secret = (format === 'dapr' ? file.launchpad : file.stringData) ?? {};
      expect(secret).toMatchObject({ service_root: launchpad.url, application_name: 'my-app' });
      expect(launchpad.tokens.access(secret['access_token'] ?? '')).toMatchObject({ secret: secret['access_secret'], person: 'alice', level: 'READ_PRIVATE', consumer: 'my-app' });
      expect(text).not.toContain(secret['access_token']);
      expect(text).not.toContain(secret['access_secret']);
    }, 60_000);

    it('ends with what happened when it is refused', async () => {
      const output = join(bed.stack.folder, 'refused.json');
      const ended = command(['login', '--service-root', launchpad.url, '--output', output], bed.environment);
      await decide('alice', 'UNAUTHORIZED');
      expect(await ended).toMatchObject({ code: 1, output: expect.stringContaining('LAUNCHPAD_AUTHORIZATION_REFUSED') as string });
    }, 60_000);

    it.each([
      [['--permission', 'EVERYTHING', '--output', 'x'], '--permission is none of'],
      [['--format', 'toml', '--output', 'x'], '--format is none of'],
      [[], '--output is missing'],
      [['--colour'], '--colour'],
    ])('refuses %j', async (args, problem) => {
      const { code, output } = await command(['login', ...args], {});
      expect([code, output]).toEqual([1, expect.stringMatching(new RegExp(`^COMMAND_USAGE: .*${problem}.* Usage: login`, 's')) as string]);
    });
  });

  it('identities import puts the directory into the table, and says what has changed', async () => {
    const file = join(bed.stack.folder, 'people.csv');
    writeFileSync(file, 'name,employee_id\nalice,E-1\nbob,E-2\n');
    const none = '0 loaded events have other ids now.\n';
    expect(await command(['identities', 'import', file], bed.environment)).toEqual({ code: 0, output: `2 identities: 2 inserted, 0 updated, 0 unchanged.\n${none}` });
    await bed.query(`INSERT INTO tributary.events (source_kind_id, id, parent_id, week, employee_id, type, time_utc, relation_properties)
      VALUES ('launchpad', 'bug-1-created', 'bug-1', '2026-01-05', 'E-2', 'bug.created', '2026-01-07 12:00+00', '{}')`);
    writeFileSync(file, 'alice,E-1\nbob,E-3\ncarol,E-4\n');
    const one = '1 loaded events have other ids now.\n';
    expect(await command(['identities', 'import', file], bed.environment)).toEqual({ code: 0, output: `3 identities: 1 inserted, 1 updated, 1 unchanged.\n${one}` });
    expect(await bed.query('SELECT employee_id FROM tributary.events')).toEqual([{ employee_id: 'E-3' }]);
    expect(await bed.query('SELECT name, employee_id FROM tributary.identities ORDER BY name')).toEqual([
      { name: 'alice', employee_id: 'E-1' },
      { name: 'bob', employee_id: 'E-3' },
      { name: 'carol', employee_id: 'E-4' },
    ]);
    writeFileSync(file, 'dave,E-5\nno comma\n');
    expect(await command(['identities', 'import', file], bed.environment)).toMatchObject({ code: 1, output: expect.stringContaining('Line 2') as string });
    expect(await command(['identities', 'import', `${file}.x`], bed.environment)).toMatchObject({ code: 1, output: expect.stringContaining('IDENTITY_FILE_UNREADABLE') as string });
    expect(await bed.query(`SELECT FROM tributary.identities WHERE name = 'dave'`)).toEqual([]);
  }, 60_000);

  it('migrate makes the tables, where a worker only checks them', async () => {
    const environment = { ...bed.environment, TRIBUTARY_EVENTS_SCHEMA: 'elsewhere', TRIBUTARY_EVENTS_MIGRATE: 'false' };
    const worker = await command([], { ...environment, TRIBUTARY_HEALTH_PORT: '0' });
    expect(worker).toMatchObject({ code: 1, output: expect.stringContaining('ETL_SCHEMA') as string });
    for (let times = 0; times < 2; times += 1) expect(await command(['migrate'], environment)).toMatchObject({ code: 0 });
    expect(await bed.query('SELECT count(*)::int AS count FROM elsewhere.events')).toEqual([{ count: 0 }]);
    // Commands need no object store and no Temporal.
    const { TRIBUTARY_OBJECT_STORE_URL: _, TEMPORAL_ADDRESS: __, ...less } = environment as Record<string, string>;
    expect(await command(['migrate'], less)).toMatchObject({ code: 0 });
  }, 60_000);

  it.each([['unknown'], ['migrate', 'now'], ['identities', 'export']])('refuses %s', async (...args) => {
    expect(await command(args, bed.environment)).toMatchObject({ code: 1, output: expect.stringMatching(/^COMMAND_USAGE/) as string });
  });
});
