import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEV_PORT_TAKEN, DEV_PROCESS_FAILED } from '../errors.js';
import { startPostgres } from '../servers/index.js';
import { onKeptData } from './kept-data.js';

let folder: string;

beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "it's kept-")); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const FAILED = DEV_PROCESS_FAILED({ name: 'Server', reason: 'ended with code 1', tail: 'malformed', logFile: 'x.log' });
const start = (path: string, error: Error): Promise<never> => onKeptData({ name: 'Server', path, loss: 'Nothing is lost.' }, () => Promise.reject(error));

it('says what to remove, as a shell takes it, when a server fails on what was there', async () => {
  await expect(start(folder, FAILED)).rejects.toMatchObject({
    code: 'DEV_DATA_UNUSABLE',
    message: expect.stringContaining('malformed') as string,
    fix: expect.stringContaining(`rm -rf '${folder.replace("'", `'\\''`)}'`) as string,
  });
});

it('lets pass what is not due to the data', async () => {
  await expect(start(join(folder, 'new'), FAILED)).rejects.toBe(FAILED);
  const taken = DEV_PORT_TAKEN({ name: 'Server', port: 1 });
  await expect(start(folder, taken)).rejects.toBe(taken);
  const locked = DEV_PROCESS_FAILED({ name: 'Server', reason: 'ended', tail: 'database is locked (5) (SQLITE_BUSY)', logFile: 'x.log' });
  await expect(start(folder, locked)).rejects.toBe(locked);
});

it('speaks of a PostgreSQL whose files are gone in part', async () => {
  const dataDir = join(folder, 'data');
  await (await startPostgres({ dataDir })).stop();
  rmSync(join(dataDir, 'global'), { recursive: true });
  const kept = { name: 'PostgreSQL', path: dataDir, loss: 'Nothing is lost.' };
  await expect(onKeptData(kept, () => startPostgres({ dataDir }))).rejects.toMatchObject({ code: 'DEV_DATA_UNUSABLE' });
  rmSync(join(dataDir, 'tributary-password'));
  await expect(onKeptData(kept, () => startPostgres({ dataDir }))).rejects.toMatchObject({ code: 'DEV_DATA_UNUSABLE' });
}, 60_000);
