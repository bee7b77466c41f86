import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW = 8_192;

/**
 * Last `lines` lines of a log file, read from its last 8 KiB; a note when there is nothing to show. Of JSON lines only
 * what they say.
 */
export function logTail(file: string, lines = 12): string {
  try {
    const text = readEnd(file).trimEnd();
    return text === '' ? '(nothing was logged)' : text.split('\n').slice(-lines).map(readable).join('\n');
  } catch {
    return '(no log)';
  }
}

function readEnd(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const size = fstatSync(handle).size;
    const buffer = Buffer.alloc(Math.min(size, WINDOW));
    readSync(handle, buffer, 0, buffer.length, Math.max(0, size - WINDOW));
    return buffer.toString('utf8');
  } finally {
    closeSync(handle);
  }
}

function readable(line: string): string {
  if (!line.startsWith('{')) return line;
  try {
    const { level, msg, error, err } = JSON.parse(line) as Record<string, unknown>;
    if (typeof msg !== 'string') return line;
    const cause = typeof error === 'string' ? error : (err as { message?: unknown } | undefined)?.message;
    return [typeof level === 'string' ? `${level}:` : '', msg, typeof cause === 'string' ? `(${cause})` : ''].filter(Boolean).join(' ');
  } catch {
    return line;
  }
}
