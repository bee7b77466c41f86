import { readFileSync } from 'node:fs';

export async function readNow(path: string): Promise<string> {
  return readFileSync(path, 'utf8');
}
