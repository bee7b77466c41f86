import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DEV_BINARY_MISSING, DEV_BINARY_UNFIT } from '../errors.js';
import { lockFile } from '../process/index.js';
import { cacheFolder, cacheRoot, programFile } from './cache.js';
import { download } from './download.js';
import { goToolchain } from './go-toolchain.js';
import { probe } from './probe.js';
import type { FinderListener } from './progress.js';
import { searchPath } from './search-path.js';
import { currentPlatform } from './tool.js';
import type { Platform, Tool } from './tool.js';

const EXECUTABLE = 0o755;
const TICK_MS = 1_000;

export type BinarySource = 'configured' | 'path' | 'cache' | 'download' | 'build';

/** A program that was found, and where. */
export interface FoundBinary {
  readonly tool: string;
  readonly path: string;
  /** What it says of itself, as far as it decides. */
  readonly version: string;
  readonly source: BinarySource;
  /** The source in words: `cache`, `downloaded from https://github.com`. */
  readonly description: string;
}

export interface FindOptions {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  readonly onEvent?: FinderListener;
  /** @default 5000 */
  readonly connectTimeoutMs?: number;
  /** @default 30000 */
  readonly stallTimeoutMs?: number;
}

type Settings = Required<FindOptions>;

/**
 * Finds a program that will do: configured path, PATH, cache, official download, build with Go. What is downloaded or
 * built stays in the cache; of several processes one does that, and the others wait for it.
 * @throws DEV_BINARY_UNFIT when the configured one will not do; DEV_BINARY_MISSING with all that was tried
 */
export async function findBinary(tool: Tool, options: FindOptions = {}): Promise<FoundBinary> {
  const settings: Settings = {
    env: options.env ?? process.env,
    onEvent: options.onEvent ?? (() => undefined),
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    stallTimeoutMs: options.stallTimeoutMs ?? 30_000,
  };
  const tried: string[] = [];
  const found = (await configured(tool, settings)) ?? (await onPath(tool, settings, tried)) ?? (await cachedOrMade(tool, settings, tried));
  if (found) return found;
  throw DEV_BINARY_MISSING({
    title: tool.title,
    name: tool.name,
    accepted: tool.accepted,
    variable: tool.variable,
    documentation: tool.documentation,
    tried: [`${tool.variable}: not set`, ...tried].map((line) => `  - ${line}`).join('\n'),
  });
}

async function configured(tool: Tool, { env }: Settings): Promise<FoundBinary | undefined> {
  const path = env[tool.variable];
  if (!path) return undefined;
  const result = await probe(tool, path);
  if (result.ok) return { tool: tool.name, path, version: result.version, source: 'configured', description: tool.variable };
  throw DEV_BINARY_UNFIT({ variable: tool.variable, path, reason: result.reason, accepted: tool.accepted });
}

async function onPath(tool: Tool, { env }: Settings, tried: string[]): Promise<FoundBinary | undefined> {
  const candidates = searchPath(tool.name, env);
  if (candidates.length === 0) tried.push(`PATH: no ${tool.name} in it`);
  for (const path of candidates) {
    const result = await probe(tool, path);
    if (result.ok) return { tool: tool.name, path, version: result.version, source: 'path', description: 'PATH' };
    tried.push(`PATH: ${path}: ${result.reason}`);
  }
  return undefined;
}

async function cachedOrMade(tool: Tool, settings: Settings, tried: string[]): Promise<FoundBinary | undefined> {
  const platform = currentPlatform();
  if (!platform) {
    tried.push(`cache, download, build: nothing is made for ${process.platform} ${process.arch}`);
    return undefined;
  }
  const folder = cacheFolder(cacheRoot(settings.env), tool, platform);
  const path = join(folder, programFile(tool, platform));
  const cached = await inCache(tool, path);
  if (cached) return cached;
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    tried.push(`cache: ${folder} cannot be made: ${reasonOf(error)}`);
    return undefined;
  }
  const lock = await lockFile(join(folder, 'lock'), (holder) => { settings.onEvent({ kind: 'waiting', tool: tool.title, holder }); });
  try {
    const madeMeanwhile = await inCache(tool, path, tried);
    if (madeMeanwhile) return madeMeanwhile;
    await removeLeftovers(folder);
    return (await make(tool, folder, path, tried, 'download', settings, platform)) ?? (await make(tool, folder, path, tried, 'build', settings, platform));
  } finally {
    lock.release();
  }
}

async function inCache(tool: Tool, path: string, tried?: string[]): Promise<FoundBinary | undefined> {
  if (!existsSync(path)) {
    tried?.push(`cache: ${path} is not there`);
    return undefined;
  }
  const result = await probe(tool, path);
  if (result.ok) return { tool: tool.name, path, version: result.version, source: 'cache', description: 'cache' };
  tried?.push(`cache: ${path}: ${result.reason}`);
  return undefined;
}

/** Work folders of makers that died: whoever holds the lock is the only maker. */
async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.startsWith('work-')).map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function make(
  tool: Tool,
  folder: string,
  path: string,
  tried: string[],
  source: 'download' | 'build',
  settings: Settings,
  platform: Platform,
): Promise<FoundBinary | undefined> {
  const work = await mkdtemp(join(folder, 'work-'));
  const fresh = join(work, 'program');
  try {
    const description =
      source === 'download'
        ? `downloaded from ${await download(tool, platform, work, fresh, settings)}`
        : await build(tool, work, fresh, settings);
    await chmod(fresh, EXECUTABLE);
    const result = await probe(tool, fresh);
    if (!result.ok) throw new Error(result.reason);
    await rename(fresh, path);
    return { tool: tool.name, path, version: result.version, source, description };
  } catch (error) {
    tried.push(`${source}: ${reasonOf(error)}`);
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function build(tool: Tool, work: string, into: string, { env, onEvent }: Settings): Promise<string> {
  const [go] = searchPath('go', env);
  if (!go) throw new Error('there is no Go toolchain on PATH');
  const started = Date.now();
  let line = '';
  const tell = (): void => { onEvent({ kind: 'building', tool: tool.title, version: tool.version, elapsedMs: Date.now() - started, line }); };
  tell();
  const ticker = setInterval(tell, TICK_MS);
  try {
    await tool.build(goToolchain(go, work, (latest) => (line = latest)), into);
  } finally {
    clearInterval(ticker);
  }
  return `built with ${go}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return 'the disk is full: free some 3 GB and try again';
  return message;
}
