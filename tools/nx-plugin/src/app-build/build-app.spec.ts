import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { buildApp, type BuiltFile } from './build-app.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');
const appRoot = 'tools/nx-plugin/testdata/app';
const dist = join(workspaceRoot, appRoot, 'dist');

describe('the bundle of an app', () => {
  let files: BuiltFile[];
  beforeAll(async () => {
    files = await buildApp(workspaceRoot, appRoot);
  }, 60_000);
  afterAll(() => rmSync(dist, { recursive: true }));

  it('is one file, and those that the Temporal SDK loads by path', () => {
    expect(files.map(({ file }) => file)).toEqual([`${appRoot}/dist/main.js`, `${appRoot}/dist/failure-converter.js`]);
  });

  it('runs, finds the converter beside it, and maps its stacks to the source', () => {
    const output = execFileSync(process.execPath, ['--enable-source-maps', join(dist, 'main.js')], { encoding: 'utf8' });
    const { failureConverterPath, failed } = JSON.parse(output) as { failureConverterPath: string; failed: string };
    expect(failureConverterPath).toBe(join(dist, 'failure-converter.js'));
    expect(createRequire(__filename)(failureConverterPath)).toHaveProperty('failureConverter');
    expect(failed).toContain('testdata/app/src/main.ts:4');
  });

  it('holds our code and leaves packages with native code outside', () => {
    const code = readFileSync(join(dist, 'main.js'), 'utf8');
    expect(code).toContain('TEMPORAL_FAILURE_CONVERTER_MISSING');
    expect(code).toMatch(/require\("@temporalio\/\w+"\)/);
    expect(code).not.toContain('require("@tributary/');
  });
});
