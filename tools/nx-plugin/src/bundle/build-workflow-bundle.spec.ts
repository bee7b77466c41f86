import { withEncodedFailures } from '@tributary/clients/temporal';
import { isCodedError, type CodedError } from '@tributary/common';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildWorkflowBundle } from './build-workflow-bundle.js';
import { splitBundle } from './source-map.js';
import { writeWorkflowBundle } from './write-workflow-bundle.js';

const workspaceRoot = join(__dirname, '..', '..', '..', '..');
const testdata = 'tools/nx-plugin/testdata/workflows';

jest.setTimeout(60_000);

describe('the workflow bundle', () => {
  const bundle = (name: string, options = {}) =>
    buildWorkflowBundle({
      workflowsPath: join(workspaceRoot, testdata, `${name}.ts`),
      workspaceRoot,
      interceptorModules: [],
      ...options,
    });
  const refusal = async (name: string, options = {}): Promise<CodedError> => {
    const outcome = await bundle(name, options).catch((error: unknown) => error);
    if (!isCodedError(outcome)) throw new Error(`Expected a coded error, got ${String(outcome)}`);
    return outcome;
  };

  it('tells what it is: hash, bytes, build id, version', async () => {
    const { code, info } = await bundle('clean');
    const sha256 = createHash('sha256').update(code).digest('hex');
    const { version } = JSON.parse(
      readFileSync(join(workspaceRoot, 'node_modules/@temporalio/worker/package.json'), 'utf8'),
    ) as { version: string };
    expect(info).toEqual({ sha256, bytes: Buffer.byteLength(code), buildId: sha256.slice(0, 16), temporalVersion: version });
  });

  it('is the same in every checkout and holds no path of this one', async () => {
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'tributary-checkout-')));
    try {
      cpSync(join(workspaceRoot, testdata), join(elsewhere, testdata), { recursive: true });
      symlinkSync(join(workspaceRoot, 'node_modules'), join(elsewhere, 'node_modules'));
      const paths = { workflowsPath: join(elsewhere, testdata, 'clean.ts'), workspaceRoot: elsewhere, interceptorModules: [] };
      const [here, there] = [await bundle('clean'), await buildWorkflowBundle(paths)];
      const own = (code: string): string | undefined => splitBundle(code).map.sources.find((source) => source.endsWith('clean.ts'));
      expect(own(there.code)).toBe(own(here.code));
      expect(own(here.code)).toBe(`${testdata}/clean.ts`);
      const { code, map } = splitBundle(here.code);
      expect(map.file).toBe(splitBundle(there.code).map.file);
      expect(map.sourcesContent).toBeUndefined();
      expect(code).not.toContain(workspaceRoot);
      expect(JSON.stringify(map)).not.toContain(workspaceRoot);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('changes its build id when a workflow changes', async () => {
    const [one, other] = [await bundle('clean'), await bundle('types-only')];
    expect(one.info.buildId).not.toBe(other.info.buildId);
  });

  it('is refused for a Node.js built-in and a logger, each with the chain of imports to it', async () => {
    const error = await refusal('forbidden');
    expect(error.code).toBe('WORKFLOW_BUNDLE_FORBIDDEN_MODULE');
    expect(error.message).toContain(
      [
        '  fs',
        `    imported by way of ${testdata}/forbidden.ts`,
        `    imported by way of ${testdata}/lib/reads-files.ts`,
        '  pino',
        `    imported by way of ${testdata}/forbidden.ts`,
        `    imported by way of ${testdata}/lib/logs.ts`,
      ].join('\n'),
    );
    expect(error.fix).toContain('import type');
  });

  it('is refused for a forbidden package reached by its path', async () => {
    const error = await refusal('relative-way-in');
    expect(error.message).toMatch(/^ {2}pg$/m);
  });

  it('can encode failures, for workers that encrypt payloads', async () => {
    const { code } = await bundle('clean');
    expect(() => withEncodedFailures(code)).not.toThrow();
  });

  it('may import the types of anything', async () => {
    await expect(bundle('types-only')).resolves.toMatchObject({ code: expect.not.stringContaining('pino') as string });
  });

  it('is refused above its budget, with the largest parts named', async () => {
    const error = await refusal('clean', { budgetBytes: 100_000 });
    expect(error.code).toBe('WORKFLOW_BUNDLE_TOO_LARGE');
    expect(error.message).toMatch(/has \d{6} bytes; its budget is 100000/);
    expect(error.message).toMatch(/^ {2}\d+ @temporalio\/\w+$/m);
    expect(error.fix).toContain('nx.metadata.workflowBundle.budgetBytes');
  });

  it('says what the bundler found when an import does not exist', async () => {
    const error = await refusal('missing');
    expect(error.code).toBe('WORKFLOW_BUNDLE_FAILED');
    expect(error.message).toContain('./lib/not-there.js');
  });

  it('is written beside its description, with no draft left behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tributary-bundle-'));
    try {
      const made = await bundle('clean');
      const { codePath, infoPath } = await writeWorkflowBundle(made, folder);
      expect(readFileSync(codePath, 'utf8')).toBe(made.code);
      expect(JSON.parse(readFileSync(infoPath, 'utf8'))).toEqual(made.info);
      expect(readdirSync(folder).sort()).toEqual(['workflow-bundle.js', 'workflow-bundle.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
