import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from '../docker/quiet.js';

const PULL_TIMEOUT_MS = 180_000;

/** The images that build the apps' images and carry them. */
export async function baseImages(workspaceRoot: string, env: NodeJS.ProcessEnv): Promise<{ buildImage: string; baseImage: string }> {
  const dockerfile = await readFile(join(workspaceRoot, 'deploy/docker/app.Dockerfile'), 'utf8');
  const named = (name: string): string => env[name] || (new RegExp(`^ARG ${name}=(\\S+)$`, 'm').exec(dockerfile)?.[1] ?? '');
  return { buildImage: named('BUILD_IMAGE'), baseImage: named('BASE_IMAGE') };
}

/** The images that are not ours: those, and what compose runs beside the apps. Undefined where compose cannot tell. */
export async function foreignImages(workspaceRoot: string, env: NodeJS.ProcessEnv): Promise<string[] | undefined> {
  const listed = await ask(['compose', '--project-directory', workspaceRoot, '--profile', 'samples', 'config', '--images'], env);
  if (listed === undefined) return undefined;
  const beside = listed.split('\n').filter((image) => image !== '' && !image.startsWith('tributary/'));
  return [...new Set([...Object.values(await baseImages(workspaceRoot, env)), ...beside])].sort();
}

/** The first of them that is not here, and, where `pull`, cannot be pulled either. */
export async function missingImage(images: readonly string[], env: NodeJS.ProcessEnv, { pull }: { readonly pull: boolean }): Promise<string | undefined> {
  for (const image of images) {
    if ((await ask(['image', 'inspect', '--format', '{{.Id}}', image], env)) !== undefined) continue;
    if (!pull || (await ask(['pull', '--quiet', image], env, PULL_TIMEOUT_MS)) === undefined) return image;
  }
  return undefined;
}

/** The environment with the stand-ins in place of images that it does not name itself. */
export async function withStandIns(workspaceRoot: string, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const script = await readFile(join(workspaceRoot, 'tools/image/stand-ins/environment.sh'), 'utf8');
  const standIns = Object.fromEntries([...script.matchAll(/\b(\w+_IMAGE)=(\S+)/g)].map(([, name = '', image]) => [name, image]));
  return { ...standIns, ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')) };
}
