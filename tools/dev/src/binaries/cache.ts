import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Platform, Tool } from './tool.js';

/** Folder of the user's cache, shared by all clones: `$XDG_CACHE_HOME/tributary`. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'tributary');
}

/** Folder of one tool, version and platform in the cache. */
export function cacheFolder(root: string, tool: Tool, platform: Platform): string {
  return join(root, tool.name, tool.version, `${platform.os}-${platform.arch}`);
}

/** File name of a tool's program. */
export function programFile(tool: Tool, platform: Platform): string {
  return platform.os === 'windows' ? `${tool.name}.exe` : tool.name;
}
