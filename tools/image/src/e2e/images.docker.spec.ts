import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPS } from '../apps.js';
import { docker } from '../docker/engine.js';
import { contentId, listFiles, type ContentFile } from '../files/content.js';
import { imageMetadata, type ImageMetadata } from '../files/image-metadata.js';

const { env } = process;
const workspaceRoot = join(__dirname, '..', '..', '..', '..');
const TAG = env['TRIBUTARY_TAG'] ?? 'local';

interface ImageConfig {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Entrypoint: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly ExposedPorts: Readonly<Record<string, unknown>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

describe.each(APPS)('the image of %s', (app) => {
  const image = `tributary/${app}:${TAG}`;
  let scratch: string;
  let folder: string;
  let files: ContentFile[];
  let config: ImageConfig;
  let metadata: ImageMetadata;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'tributary-image-'));
    folder = join(scratch, 'app');
    metadata = await imageMetadata(workspaceRoot, app);
    config = JSON.parse(await docker(['image', 'inspect', '--format', '{{json .Config}}', image], { env })) as ImageConfig;
    const container = await docker(['create', image], { env });
    await docker(['cp', `${container}:/app`, folder], { env });
    await docker(['rm', container], { env });
    files = await listFiles(folder);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('is named by what it holds', async () => {
    const { buildId } = JSON.parse(readFileSync(join(folder, 'build.json'), 'utf8')) as { buildId: string };
    rmSync(join(folder, 'build.json'));
    expect(await contentId(folder)).toBe(buildId);
    expect(config.Labels).toMatchObject({ 'tributary.build-id': buildId, 'tributary.app': app, 'org.opencontainers.image.version': metadata.version });
    expect(config.Env).toContain(`TRIBUTARY_BUILD_ID=${buildId}`);
  });

  it('holds no source map, no types, no development dependency, and native code for one platform', () => {
    const paths = files.map(({ path }) => path);
    expect(paths.filter((path) => /\.map$|\.d\.ts$|\.tsx?$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /node_modules\/(?:typescript|jest|esbuild|nx|@nx|@swc|@types)\//.test(path))).toEqual([]);
    expect(paths.filter((path) => path.endsWith('.node')).length).toBe(app === 'starter-api' ? 0 : 1);
    expect(readFileSync(join(folder, 'main.js'), 'utf8')).not.toContain('sourceMappingURL');
  });

  it('lists every package that lies in it, and stays within its budget', () => {
    const { components } = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8')) as { components: { properties: { value: string }[] }[] };
    const listed = new Set(components.flatMap(({ properties }) => properties.map(({ value }) => value)));
    const manifests = files.filter(({ path }) => /node_modules\/(?:@[^/]+\/)?[^/@]+\/package\.json$/.test(path));
    expect(manifests.map(({ path }) => path.replace(/\/package\.json$/, '')).filter((path) => !listed.has(path))).toEqual([]);
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(metadata.budgetBytes);
  });

  it('starts as nobody in particular, without a shell, and tells its health by itself', async () => {
    expect(config).toMatchObject({ User: '10001:10001', Entrypoint: ['node', '/app/main.js'], Healthcheck: { Test: ['CMD', 'node', '/app/health.js'] } });
    expect(Object.keys(config.ExposedPorts)).toEqual([`${String(metadata.health.port)}/tcp`]);
    await expect(docker(['run', '--rm', '--entrypoint', 'sh', image, '-c', 'true'], { env })).rejects.toMatchObject({ code: 'IMAGE_BUILD_FAILED' });
    const unready = docker(['run', '--rm', '--read-only', '--entrypoint', 'node', image, '/app/health.js'], { env });
    await expect(unready).rejects.toMatchObject({ code: 'IMAGE_BUILD_FAILED' });
  });

  it('says what is not configured, and ends', async () => {
    const started = docker(['run', '--rm', '--read-only', '-e', 'TRIBUTARY_NONSENSE=1', image], { env });
    await expect(started).rejects.toMatchObject({ code: 'IMAGE_BUILD_FAILED' });
  });
});
