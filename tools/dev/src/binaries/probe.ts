import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Tool } from './tool.js';

const run = promisify(execFile);
const TIMEOUT_MS = 15_000;

/** What a program says of itself. */
export type Probe = { readonly ok: true; readonly version: string } | { readonly ok: false; readonly reason: string };

/** Asks a program for its version; the answer decides whether the program will do. Never rejects. */
export async function probe(tool: Tool, path: string): Promise<Probe> {
  try {
    const { stdout, stderr } = await run(path, [...(tool.versionArguments ?? ['--version'])], { timeout: TIMEOUT_MS });
    const output = `${stdout}${stderr}`.trim();
    const version = tool.accepts(output);
    if (version !== undefined) return { ok: true, version };
    return { ok: false, reason: `it says "${output.split('\n')[0] ?? ''}", but ${tool.accepted} is needed` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { ok: false, reason: 'there is no such file' };
    return { ok: false, reason: `it does not run: ${(message || String(error)).split('\n')[0] ?? ''}` };
  }
}
