import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundledPackages } from './bundled-packages.js';
import { externalPackages } from './external-packages.js';

describe('the packages of a program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tributary-image-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are those that it requires, imports late, or resolves, and no built-ins', async () => {
    const program = join(folder, 'main.js');
    writeFileSync(
      program,
      "require('node:fs'); require('path'); require('@temporalio/worker/lib/x'); import('@dapr/dapr'); require.resolve('long');\n" +
        "try { require('pg-native') } catch {}",
    );
    expect(await externalPackages([program])).toEqual(['@dapr/dapr', '@temporalio/worker', 'long']);
  });

  it('that stand inside a bundle are found by its map, beside it or in it', async () => {
    writeFileSync(join(folder, 'main.js'), '');
    const sources = ['src/main.ts', 'node_modules/pino/lib/a.js', 'node_modules/@scope/a/b.js', 'node_modules/pino/node_modules/c/d.js'];
    writeFileSync(join(folder, 'main.js.map'), JSON.stringify({ sources }));
    const inline = Buffer.from(JSON.stringify({ sources: ['webpack://x/./node_modules/long/umd/index.js', 'webpack://x/webpack/runtime'] }));
    writeFileSync(join(folder, 'workflows.js'), `code\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${inline.toString('base64')}`);
    const found = await bundledPackages(folder, [join(folder, 'main.js'), join(folder, 'workflows.js')]);
    expect(found).toEqual(['node_modules/@scope/a', 'node_modules/long', 'node_modules/pino', 'node_modules/pino/node_modules/c']);
  });
});
