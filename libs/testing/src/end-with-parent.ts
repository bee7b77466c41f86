import { fstatSync } from 'node:fs';

/** Ends on a signal, and when the parent goes away: its end of standard input closes, or another process becomes the parent. */
export function endWithParent(end: () => void): void {
  const parent = process.ppid;
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Of a file such as /dev/null the end comes at once and says nothing.
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.once('end', end).once('error', end).resume();
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500).unref();
}
