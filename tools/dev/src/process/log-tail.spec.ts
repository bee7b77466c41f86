import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logTail } from './log-tail.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tail-'));
});
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

function written(text: string): string {
  const file = join(folder, 'a.log');
  writeFileSync(file, text);
  return file;
}

it('gives the last lines of a long file', () => {
  const text = Array.from({ length: 100_000 }, (_, line) => `line ${line}`).join('\n');
  expect(logTail(written(`${text}\n\n`), 2)).toBe('line 99998\nline 99999');
});

it('says what JSON lines say', () => {
  const lines = [
    { level: 'error', msg: 'no secret store', error: 'missing.json' },
    { level: 50, time: 1, msg: 'it failed', err: { message: 'connection refused' } },
    { other: 'shape' },
  ];
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"cut`;
  expect(logTail(written(text))).toBe('error: no secret store (missing.json)\nit failed (connection refused)\n{"other":"shape"}\n{"cut');
});

it('tells an empty log from none', () => {
  expect([logTail(written('\n')), logTail(join(folder, 'none.log'))]).toEqual(['(nothing was logged)', '(no log)']);
});
