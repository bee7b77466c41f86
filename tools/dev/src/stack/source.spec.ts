import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPassword } from './source-password.js';
import { parseSourceUrl } from './source-url.js';

describe('URL of a source', () => {
  it.each([
    ['postgres://reader@db.example:6432/sales', { host: 'db.example', port: 6432, user: 'reader', database: 'sales' }],
    ['postgresql://reader@db.example', { host: 'db.example', port: 5432, user: 'reader', database: 'reader' }],
    ['postgres://a%40b@[::1]/d%2Fb?sslmode=require', { host: '::1', port: 5432, user: 'a@b', database: 'd/b', sslMode: 'require' }],
  ])('reads %s', (url, address) => {
    expect(parseSourceUrl(url)).toEqual(address);
  });

  it.each([
    ['postgres://reader:hunter2@db.example/sales', 'it holds a password'],
    ['postgres://reader@db.example/sales?password=hunter2', 'it holds a password'],
    ['mysql://reader:hunter2@db.example', 'begins with postgres://'],
    ['reader hunter2', 'begins with postgres://'],
    ['postgres://db.example/sales', 'names no user'],
    ['postgres://reader@db.example/?sslmode=maybe', 'sslmode is not one of'],
    ['postgres://reader@db.example/?sslmode=require&sslmode=disable', 'sslmode is not one of'],
    ['postgres://reader@db.example/?hunter2', 'a parameter other than sslmode'],
    ['postgres://reader@db.example/hunter2%', 'its database has a "%"'],
    ['postgres://%zz@db.example/sales', 'its user has a "%"'],
    ['postgres://reader@db.example/sales%00', 'NUL'],
    ['postgres://reader@db.example/sales#hunter2', 'it has a "#"'],
    ['postgres://reader@%2Fvar%2Frun%2Fpostgresql/sales', 'Unix socket'],
    ['postgres://reader@one,two/sales', 'several hosts'],
    ['postgres://reader@db.example:0/sales', 'port is 0'],
    ['postgres://?service=sales', 'names no user'],
  ])('refuses %s, and does not repeat it', (url, problem) => {
    let error: unknown;
    try {
      parseSourceUrl(url);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'DEV_SOURCE_INVALID', message: expect.stringContaining(problem) as string });
    expect(inspect(error)).not.toContain('hunter2');
  });
});

describe('password of a source', () => {
  const SOURCE = { host: 'db.example', port: 5432, user: 'reader', database: 'sales' };
  let folder: string;
  let previous: string | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pgpass-'));
    previous = process.env['PGPASSFILE'];
    process.env['PGPASSFILE'] = join(folder, 'pgpass');
  });

  afterEach(() => {
    if (previous === undefined) delete process.env['PGPASSFILE'];
    else process.env['PGPASSFILE'] = previous;
    rmSync(folder, { recursive: true, force: true });
  });

  function pgpass(text: string, mode = 0o600): void {
    writeFileSync(join(folder, 'pgpass'), text);
    chmodSync(join(folder, 'pgpass'), mode);
  }

  const ask = (): Promise<string> => Promise.resolve('typed');

  it('comes from PGPASSWORD before all else', async () => {
    pgpass('*:*:*:*:kept\n');
    const found = await findPassword(SOURCE, { env: { PGPASSWORD: 'given' }, ask });
    expect([found?.from, found?.password.reveal()]).toEqual(['PGPASSWORD', 'given']);
    expect(inspect(found)).not.toContain('given');
  });

  it('comes from the password file, by host, port, database and user', async () => {
    pgpass('other:5432:sales:reader:wrong\ndb.example:5432:sales:reader:kept\n');
    const found = await findPassword(SOURCE, { env: {}, ask });
    expect([found?.from, found?.password.reveal()]).toEqual(['pgpass', 'kept']);
  });

  it('is asked for when the password file has none', async () => {
    pgpass('db.example:5432:sales:somebody-else:wrong\n');
    const questions: string[] = [];
    const found = await findPassword(SOURCE, { env: {}, ask: (question) => { questions.push(question); return ask(); } });
    expect([found?.from, found?.password.reveal()]).toEqual(['prompt', 'typed']);
    expect(questions).toEqual(['Password of reader at db.example:5432: ']);
  });

  it('is none where there is nobody to ask, or nothing is typed', async () => {
    await expect(findPassword(SOURCE, { env: {} })).resolves.toBeUndefined();
    await expect(findPassword(SOURCE, { env: {}, ask: () => Promise.resolve('') })).resolves.toBeUndefined();
  });
});
