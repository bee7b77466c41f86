import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW = 8_192;

/** Last `lines` lines of a log file, read from its last 8 KiB; a note when there is nothing to show. */
export function logTail(file: string, lines = 12): string {
  try {
    const text = readEnd(file).trimEnd();
    return text === '' ? '(nothing was logged)' : text.split('\n').slice(-lines).join('\n');
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
