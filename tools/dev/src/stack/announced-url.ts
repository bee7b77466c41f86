import { readFileSync } from 'node:fs';

/** Where a program says, in one line of JSON of its output, that it listens; undefined as long as it has not said so. */
export function announcedUrl(logFile: string): string | undefined {
  const line = readFileSync(logFile, 'utf8').split('\n').slice(0, -1).find((text) => text.startsWith('{"url"'));
  return line === undefined ? undefined : (JSON.parse(line) as { url: string }).url;
}
