import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { cacheFolder, cacheRoot } from './cache.js';
import { findBinary, type FindOptions } from './find-binary.js';
import type { FinderEvent } from './progress.js';
import { currentPlatform, type Tool } from './tool.js';

const TOOL: Tool = {
  name: 'widget',
  title: 'Widget server',
  version: '2.1.0',
  variable: 'TRIBUTARY_WIDGET_BIN',
  accepted: 'widget 2.1.x',
  documentation: 'https://widget.example/install',
  accepts: (output) => /^widget (2\.1\.\d+)$/.exec(output)?.[1],
  release: () => ({ archive: 'acme/widget/v2.1.0/widget.tar.gz', checksums: 'acme/widget/v2.1.0/checksums.txt' }),
  build: async (go, into) => {
    await go.run(['build', '-o', into]);
  },
};
const platform = currentPlatform();
if (!platform) throw new Error('These tests need a platform that the projects publish for');

let folder: string;
let bin: string;
let cached: string;
let env: NodeJS.ProcessEnv;
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'finder-'));
  bin = join(folder, 'bin');
  env = { PATH: `${bin}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache'), TRIBUTARY_DOWNLOAD_MIRROR: 'http://127.0.0.1:1' };
  cached = join(cacheFolder(cacheRoot(env), TOOL, platform), 'widget');
  await mkdir(bin);
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true, force: true });
});

function find(options: FindOptions = {}): ReturnType<typeof findBinary> {
  return findBinary(TOOL, { env, ...options });
}

async function program(path: string, version: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho 'widget ${version}'\n`);
  await chmod(path, 0o755);
  return path;
}

/** A `go` that writes a program of `version` where -o says, and notes that it ran. */
async function fakeGo(version: string, before = ''): Promise<void> {
  const script = `#!/bin/sh\n${before}\necho run >> '${folder}/go-runs'\nprintf '#!/bin/sh\\necho widget ${version}\\n' > "$3"\n`;
  await writeFile(join(bin, 'go'), script);
  await chmod(join(bin, 'go'), 0o755);
}

/** Serves a release, and gives the base URL. */
async function mirror(version: string, checksum?: string, place = 'widget'): Promise<string> {
  const release = join(folder, 'release');
  await program(join(release, place), version);
  execFileSync('tar', ['-czf', join(folder, 'widget.tar.gz'), '-C', release, place]);
  const archive = await readFile(join(folder, 'widget.tar.gz'));
  const sum = checksum ?? createHash('sha256').update(archive).digest('hex');
  const server = createServer((request, response) => {
    if (request.url?.endsWith('checksums.txt')) response.end(`${'0'.repeat(64)}  other.tar.gz\n${sum}  widget.tar.gz\n`);
    else if (request.url === '/acme/widget/v2.1.0/widget.tar.gz') response.writeHead(302, { location: '/store/widget' }).end();
    else response.setHeader('content-length', archive.length).end(archive);
  });
  server.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('order', () => {
  it('takes the configured program before all others', async () => {
    env['TRIBUTARY_WIDGET_BIN'] = await program(join(folder, 'mine'), '2.1.7');
    await program(join(bin, 'widget'), '2.1.1');
    await expect(find()).resolves.toMatchObject({ source: 'configured', path: env['TRIBUTARY_WIDGET_BIN'], version: '2.1.7' });
  });

  it('refuses a configured program of a wrong version instead of looking on', async () => {
    env['TRIBUTARY_WIDGET_BIN'] = await program(join(folder, 'mine'), '3.0.0');
    await program(join(bin, 'widget'), '2.1.1');
    await expect(find()).rejects.toMatchObject({ code: 'DEV_BINARY_UNFIT', message: expect.stringContaining('it says "widget 3.0.0"') as string });
  });

  it('takes PATH before the cache', async () => {
    await program(join(bin, 'widget'), '2.1.1');
    await program(cached, '2.1.0');
    await expect(find()).resolves.toMatchObject({ source: 'path', path: join(bin, 'widget') });
  });

  it('passes over a wrong version on PATH', async () => {
    await program(join(bin, 'widget'), '1.9.0');
    await program(cached, '2.1.0');
    await expect(find()).resolves.toMatchObject({ source: 'cache', path: cached });
  });

  it('takes the cache before a download', async () => {
    env['TRIBUTARY_DOWNLOAD_MIRROR'] = await mirror('2.1.5');
    await program(cached, '2.1.0');
    await expect(find()).resolves.toMatchObject({ source: 'cache', version: '2.1.0' });
  });

  it('unpacks a program that lies in a folder of its archive', async () => {
    env['TRIBUTARY_DOWNLOAD_MIRROR'] = await mirror('2.1.5', undefined, 'widget_2.1.0/widget');
    const inFolder: Tool = { ...TOOL, release: (where) => ({ ...TOOL.release(where), folder: 'widget_2.1.0' }) };
    await expect(findBinary(inFolder, { env })).resolves.toMatchObject({ source: 'download', version: '2.1.5', path: cached });
  });

  it('downloads before it builds', async () => {
    env['TRIBUTARY_DOWNLOAD_MIRROR'] = await mirror('2.1.5');
    await fakeGo('2.1.6');
    await expect(find()).resolves.toMatchObject({ source: 'download', version: '2.1.5', path: cached });
    expect(existsSync(join(folder, 'go-runs'))).toBe(false);
  });
});

describe('download', () => {
  it('follows a redirect, verifies, reports bytes, and leaves only the program and no work folder', async () => {
    env['TRIBUTARY_DOWNLOAD_MIRROR'] = await mirror('2.1.5');
    const events: FinderEvent[] = [];
    await find({ onEvent: (event) => events.push(event) });
    const last = events.at(-1);
    if (last?.kind !== 'downloading') throw new Error('No progress was told');
    expect(last.bytes).toBeGreaterThan(0);
    expect(last.bytes).toBe(last.total);
    await expect(readdir(dirname(cached))).resolves.toEqual(['widget']);
  });

  it('uses nothing whose checksum is wrong', async () => {
    env['TRIBUTARY_DOWNLOAD_MIRROR'] = await mirror('2.1.5', 'a'.repeat(64));
    env['PATH'] = bin;
    await expect(find()).rejects.toMatchObject({ message: expect.stringContaining(`${'a'.repeat(64)} was published`) as string });
    expect(existsSync(cached)).toBe(false);
  });

  it('gives up on a server that does not answer, and builds', async () => {
    const silent = createServer(() => undefined);
    servers.push(silent);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    env['TRIBUTARY_DOWNLOAD_MIRROR'] = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await fakeGo('2.1.6');
    await expect(find({ connectTimeoutMs: 200 })).resolves.toMatchObject({ source: 'build' });
    silent.closeAllConnections();
  });
});

describe('build', () => {
  it('keeps what it built, so that the next one finds it in the cache', async () => {
    await fakeGo('2.1.6');
    const events: FinderEvent[] = [];
    await expect(find({ onEvent: (event) => events.push(event) })).resolves.toMatchObject({ source: 'build', version: '2.1.6' });
    expect(events[0]).toMatchObject({ kind: 'building', tool: 'Widget server', version: '2.1.0' });
    await expect(find()).resolves.toMatchObject({ source: 'cache' });
  });

  it('replaces a corrupt program in the cache', async () => {
    await mkdir(dirname(cached), { recursive: true });
    await writeFile(cached, 'not a program', { mode: 0o755 });
    await fakeGo('2.1.6');
    await expect(find()).resolves.toMatchObject({ source: 'build' });
    expect(execFileSync(cached, { encoding: 'utf8' })).toBe('widget 2.1.6\n');
  });

  it('does not cache a program of the wrong version', async () => {
    await fakeGo('9.9.9');
    await expect(find()).rejects.toMatchObject({ code: 'DEV_BINARY_MISSING' });
    expect(existsSync(cached)).toBe(false);
  });

  it('cleans up what a killed build left, and takes over its lock', async () => {
    const dead = spawn('true');
    await once(dead, 'exit');
    const home = dirname(cached);
    await mkdir(join(home, 'work-abandoned'), { recursive: true });
    await writeFile(join(home, 'lock'), JSON.stringify({ pid: dead.pid, startTime: '1', host: hostname(), token: 'x' }));
    await fakeGo('2.1.6');
    await expect(find()).resolves.toMatchObject({ source: 'build' });
    await expect(readdir(home)).resolves.toEqual(['widget']);
  });

  it('is done once when two ask at the same time', async () => {
    await fakeGo('2.1.6', 'sleep 0.5');
    const events: FinderEvent[] = [];
    const found = await Promise.all([find(), find({ onEvent: (event) => events.push(event) })]);
    expect(found.map(({ source }) => source).sort()).toEqual(['build', 'cache']);
    await expect(readFile(join(folder, 'go-runs'), 'utf8')).resolves.toBe('run\n');
  });
});

it('says all that was tried, and what to install or set', async () => {
  await program(join(bin, 'widget'), '1.9.0');
  env['PATH'] = bin;
  const error = await find().then(
    () => { throw new Error('It was found'); },
    (reason: unknown) => reason as Error & { code: string; fix: string },
  );
  expect(error.code).toBe('DEV_BINARY_MISSING');
  for (const part of ['TRIBUTARY_WIDGET_BIN: not set', `${bin}/widget: it says "widget 1.9.0", but widget 2.1.x is needed`, `cache: ${cached} is not there`, 'download: 127.0.0.1:1: ', 'build: there is no Go toolchain on PATH']) {
    expect(error.message).toContain(part);
  }
  for (const part of ['widget 2.1.x', 'TRIBUTARY_WIDGET_BIN', 'TRIBUTARY_DOWNLOAD_MIRROR', 'https://widget.example/install', 'Go 1.25']) {
    expect(error.fix).toContain(part);
  }
});
