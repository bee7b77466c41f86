import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, describe, expect, it } from '@jest/globals';

const WITHIN_MS = 30_000;

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

function start(...args: string[]): ChildProcess {
  const program = ['--conditions=@tributary/source', '--import', 'tsx', join(__dirname, 'main.ts'), ...args];
  child = spawn(process.execPath, program, { stdio: ['pipe', 'pipe', 'pipe'] });
  return child;
}

async function firstLine(of: ChildProcess): Promise<string> {
  const [line] = (await once(createInterface({ input: of.stdout! }), 'line')) as [string];
  return line;
}

describe('the look-alike as a process of its own', () => {
  it.each([
    ['it is told to', (one: ChildProcess) => one.kill('SIGTERM')],
    ['who started it is gone', (one: ChildProcess) => one.stdin?.end()],
  ])(
    'says where it listens, and ends when %s',
    async (_when, end) => {
      const one = start('--bugs', '5', '--seed', '3');
      const { url } = JSON.parse(await firstLine(one)) as { url: string };
      expect(await (await fetch(`${url}devel/bugs/1`)).json()).toMatchObject({ id: 1 });
      const ended = once(one, 'exit');
      end(one);
      expect(await ended).toEqual([0, null]);
    },
    WITHIN_MS,
  );

  it(
    'refuses sizes that are none',
    async () => {
      const one = start('--bugs', 'many');
      const said = createInterface({ input: one.stderr! });
      const [ended, complaint] = await Promise.all([once(one, 'exit'), once(said, 'line')]);
      expect(ended).toEqual([1, null]);
      expect(complaint[0]).toBe('--bugs takes a whole number, not "many"');
    },
    WITHIN_MS,
  );
});
