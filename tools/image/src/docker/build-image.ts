import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { imageMetadata } from '../files/image-metadata.js';
import { docker, requireEngine } from './engine.js';

const run = promisify(execFile);
const DOCKERFILE = 'deploy/docker/app.Dockerfile';

export interface BuildImageOptions {
  readonly workspaceRoot: string;
  readonly app: string;
  /** Image of the runtime. @default that of the Dockerfile */
  readonly baseImage?: string | undefined;
  /** Image that builds. @default that of the Dockerfile */
  readonly buildImage?: string | undefined;
  /** Repository, without a tag. @default tributary/<app> */
  readonly repository?: string | undefined;
  /** Tag beside the build id. @default local */
  readonly tag?: string | undefined;
  /** Build everything anew. @default false */
  readonly noCache?: boolean | undefined;
  readonly env: NodeJS.ProcessEnv;
}

export interface BuiltImage {
  readonly buildId: string;
  /** References under which the engine has it; the first one names the build id. */
  readonly references: readonly string[];
  /** Of all layers, the base's included. */
  readonly bytes: number;
}

/**
 * Builds the image of an app and tags it with its build id. The id names the content, so it is known only after a first
 * build; the second one, all of it from the engine's cache, writes it into the labels and the environment.
 * @throws IMAGE_ENGINE_MISSING, IMAGE_BUILD_FAILED
 */
export async function buildImage(options: BuildImageOptions): Promise<BuiltImage> {
  const { workspaceRoot, app, baseImage, buildImage: builder, env, noCache = false, tag = 'local' } = options;
  const repository = options.repository ?? `tributary/${app}`;
  await requireEngine(env);
  const { version, health, runEnvironment } = await imageMetadata(workspaceRoot, app);
  const build = async (tags: readonly string[], extra: Readonly<Record<string, string>>, flags: readonly string[]): Promise<void> => {
    const values = {
      ...(baseImage !== undefined && { BASE_IMAGE: baseImage }),
      ...(builder !== undefined && { BUILD_IMAGE: builder }),
      APP: app,
      VERSION: version,
      PORT: String(health.port),
      NODE_MEMORY: runEnvironment['NODE_OPTIONS'] ?? '',
      ...(await revision(workspaceRoot)),
      ...extra,
    };
    const named = Object.entries(values).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    await docker(['build', ...flags, '-f', DOCKERFILE, ...named, ...tags.flatMap((one) => ['-t', one]), workspaceRoot], { env, show: true });
  };
  const fresh = `${repository}:building`;
  await build([fresh], {}, noCache ? ['--no-cache'] : []);
  const { buildId } = JSON.parse(await fileOf(fresh, '/app/build.json', env)) as { buildId: string };
  const references = [`${repository}:${buildId}`, `${repository}:${tag}`];
  await build(references, { BUILD_ID: buildId }, []);
  await docker(['rmi', fresh], { env });
  const bytes = Number(await docker(['image', 'inspect', '--format', '{{.Size}}', references[0] ?? ''], { env }));
  return { buildId, references, bytes };
}

/** The commit and its time, in place of the time of the build, which would make two builds differ. */
async function revision(workspaceRoot: string): Promise<{ REVISION?: string; CREATED?: string }> {
  try {
    const { stdout } = await run('git', ['log', '-1', '--format=%H %cI'], { cwd: workspaceRoot });
    const [commit = '', CREATED = ''] = stdout.trim().split(' ');
    const { stdout: changes } = await run('git', ['status', '--porcelain'], { cwd: workspaceRoot });
    return { REVISION: changes === '' ? commit : `${commit}-modified`, CREATED };
  } catch {
    // Sources from an archive have no history; the labels then keep their defaults.
    return {};
  }
}

/** A file of an image, read without running anything in it: there is no shell to run. */
async function fileOf(image: string, path: string, env: NodeJS.ProcessEnv): Promise<string> {
  const container = await docker(['create', image], { env });
  const folder = await mkdtemp(join(tmpdir(), 'tributary-image-'));
  try {
    const copy = join(folder, 'file');
    await docker(['cp', `${container}:${path}`, copy], { env });
    return await readFile(copy, 'utf8');
  } finally {
    await rm(folder, { recursive: true });
    await docker(['rm', container], { env });
  }
}
