import type { CreateNodesContext } from '@nx/devkit';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { createNodes } from './plugin.cjs';

describe('targets of the projects in a workspace', () => {
  let workspaceRoot: string;
  beforeEach(() => {
    workspaceRoot = mkdtempSync(join(tmpdir(), 'tributary-nx-plugin-'));
  });
  afterEach(() => rmSync(workspaceRoot, { recursive: true }));

  async function infer(...files: string[]) {
    for (const file of files) {
      mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
      writeFileSync(join(workspaceRoot, file), '{}');
    }
    const context: CreateNodesContext = { workspaceRoot, nxJsonConfiguration: {} };
    const nodes = await createNodes[1](files, undefined, context);
    return Object.assign({}, ...nodes.map(([, { projects }]) => projects)) as Record<string, { targets: Record<string, Target> }>;
  }
  interface Target {
    options: { command: string };
    outputs?: string[];
    inputs?: string[];
    dependsOn?: (string | object)[];
    cache?: boolean;
    continuous?: boolean;
  }

  it('lets an API be built and served', async () => {
    const projects = await infer('apps/starter-api/package.json', 'apps/starter-api/src/main.ts');
    const { targets } = projects['apps/starter-api']!;
    expect(Object.keys(targets).sort()).toEqual(['build', 'serve']);
    expect(targets['build']!.dependsOn).toBeUndefined();
  });

  it('bundles the workflows of a worker before it builds it', async () => {
    const projects = await infer('apps/w/package.json', 'apps/w/src/main.ts', 'apps/w/src/workflows.ts');
    const { targets } = projects['apps/w']!;
    expect(Object.keys(targets).sort()).toEqual(['build', 'bundle-workflows', 'deployment', 'serve']);
    expect(targets['build']!.dependsOn).toEqual(['bundle-workflows']);
    expect(targets['bundle-workflows']!.outputs).toEqual([
      '{projectRoot}/dist/workflow-bundle.js',
      '{projectRoot}/dist/workflow-bundle.json',
    ]);
  });

  it('caches what is built, by the code of the app, its libs and the builder', async () => {
    const projects = await infer('apps/w/package.json', 'apps/w/src/main.ts', 'apps/w/src/workflows.ts');
    for (const name of ['build', 'bundle-workflows']) {
      const target = projects['apps/w']!.targets[name]!;
      expect(target.cache).toBe(true);
      expect(target.inputs).toEqual(
        expect.arrayContaining(['production', '^production', '{workspaceRoot}/tools/nx-plugin/src/**/*.ts']),
      );
    }
  });

  it('puts an app into an image where its package.json says so, with the sites that it serves', async () => {
    mkdirSync(join(workspaceRoot, 'apps/w/src'), { recursive: true });
    writeFileSync(join(workspaceRoot, 'apps/w/src/main.ts'), '');
    const manifest = { nx: { metadata: { image: { sites: { pages: 'pages/dist' } } } } };
    writeFileSync(join(workspaceRoot, 'apps/w/package.json'), JSON.stringify(manifest));
    const nodes = await createNodes[1](['apps/w/src/main.ts'], undefined, { workspaceRoot, nxJsonConfiguration: {} });
    const { targets } = (nodes[0]?.[1].projects?.['apps/w'] ?? {}) as { targets: Record<string, Target> };
    expect(Object.keys(targets)).toEqual(expect.arrayContaining(['image-files', 'image']));
    expect(targets['image-files']).toMatchObject({ cache: true, dependsOn: ['build', { projects: ['pages'], target: 'build' }] });
    expect(targets['image']).toMatchObject({ cache: false, dependsOn: ['^replay'] });
  });

  it('replays the recorded histories of libs that have some, before an image is built', async () => {
    const file = 'libs/l/testdata/histories/1.0.0/done.json';
    mkdirSync(dirname(join(workspaceRoot, file)), { recursive: true });
    writeFileSync(join(workspaceRoot, file), '{}');
    const projects = await infer('libs/l/package.json', 'libs/without/package.json');
    expect(Object.keys(projects)).toEqual(['libs/l']);
    expect(projects['libs/l']!.targets['replay']).toMatchObject({ cache: true, dependsOn: ['^replay'] });
  });

  it('serves without end and never from the cache', async () => {
    const projects = await infer('apps/w/package.json', 'apps/w/src/main.ts');
    const serve = projects['apps/w']!.targets['serve']!;
    expect(serve).toMatchObject({ continuous: true, cache: false });
    expect(serve.options.command).toMatch(/tools\/dev\/src\/cli\/main\.ts serve w$/);
  });

  it('gives nothing to a folder that is no app', async () => {
    expect(await infer('apps/docs/package.json', 'apps/half/src/main.ts')).toEqual({});
  });
});
