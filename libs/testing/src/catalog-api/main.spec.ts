import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from '@jest/globals';

const WITHIN_MS = 30_000;

let child: ChildProcess | undefined;
const folder = mkdtempSync(join(tmpdir(), 'catalog-api-'));

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it(
  'is a process of its own, with tokens from a file, that ends with who started it',
  async () => {
    const tokens = join(folder, 'tokens.json');
    writeFileSync(tokens, JSON.stringify(['one', 'two']));
    const main = join(__dirname, 'main.ts');
    const args = ['--conditions=@tributary/source', '--import', 'tsx', main, '--sources', '3', '--datasets', '4', '--tokens', tokens];
    child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const ask = async (token: string) => (await fetch(`${url}/v1/sources`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await ask('one'), await ask('two')]).toEqual([200, 401]);
    await fetch(`${url}/control/rotate`, { method: 'POST' });
    expect([await ask('one'), await ask('two')]).toEqual([401, 200]);
    const ended = once(child, 'exit');
    child.stdin?.end();
    expect(await ended).toEqual([0, null]);
  },
  WITHIN_MS,
);
