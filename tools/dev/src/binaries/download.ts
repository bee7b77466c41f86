import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { httpGetStream } from './http-get.js';
import type { FinderListener } from './progress.js';
import { programFile } from './cache.js';
import type { Platform, Tool } from './tool.js';

const run = promisify(execFile);
const OFFICIAL = 'https://github.com';
const PROGRESS_EVERY_MS = 100;

export interface DownloadOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly connectTimeoutMs: number;
  readonly stallTimeoutMs: number;
  readonly onEvent: FinderListener;
}

/**
 * Downloads the official release, from `TRIBUTARY_DOWNLOAD_MIRROR` when that is set, checks it against the published
 * SHA-256, and unpacks the program to `into`. Gives the base URL that it came from.
 * @throws Error that says what went wrong; nothing unverified is ever unpacked
 */
export async function download(tool: Tool, platform: Platform, workFolder: string, into: string, options: DownloadOptions): Promise<string> {
  const base = (options.env['TRIBUTARY_DOWNLOAD_MIRROR'] ?? OFFICIAL).replace(/\/+$/, '');
  const release = tool.release(platform);
  const url = `${base}/${release.archive}`;
  const expected = checksumOf(basename(release.archive), await text(await httpGetStream(`${base}/${release.checksums}`, options)));
  const archive = join(workFolder, basename(release.archive));
  const actual = await save(tool, url, archive, options);
  if (actual !== expected) throw new Error(`the checksum of ${url} is ${actual}, and ${expected} was published: the file is damaged or is not the official one`);
  const unpacked = join(workFolder, 'unpacked');
  await mkdir(unpacked);
  // tar of Windows, macOS and GNU all unpack .tar.gz; the first two also .zip, which is published for Windows only.
  await run('tar', ['-xf', archive, '-C', unpacked]);
  await rename(join(unpacked, release.folder ?? '', programFile(tool, platform)), into);
  return base;
}

/** Finds a file's SHA-256 in the output of sha256sum, or in a file that holds nothing else. */
export function checksumOf(file: string, list: string): string {
  const lines = list.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  for (const line of lines) {
    const [sum = '', name] = line.split(/\s+\*?/);
    const meant = name === undefined ? lines.length === 1 : basename(name) === file;
    if (meant && /^[0-9a-f]{64}$/i.test(sum)) return sum.toLowerCase();
  }
  throw new Error(`no SHA-256 of ${file} was published`);
}

async function save(tool: Tool, url: string, file: string, options: DownloadOptions): Promise<string> {
  const response = await httpGetStream(url, options);
  const length = Number(response.headers['content-length']);
  const total = Number.isFinite(length) && length > 0 ? { total: length } : {};
  const hash = createHash('sha256');
  let bytes = 0;
  let told = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      if (Date.now() - told >= PROGRESS_EVERY_MS) {
        told = Date.now();
        options.onEvent({ kind: 'downloading', tool: tool.title, url, bytes, ...total });
      }
      done(null, chunk);
    },
  });
  await pipeline(response, meter, createWriteStream(file));
  options.onEvent({ kind: 'downloading', tool: tool.title, url, bytes, ...total });
  return hash.digest('hex');
}
