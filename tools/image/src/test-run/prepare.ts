import { ask } from '../docker/quiet.js';
import { foreignImages, missingImage, withStandIns } from './foreign-images.js';

const PACKAGE_TIMEOUT_MS = 60_000;

/** An environment in which the tests can run, or what is missing, in words. */
export type Prepared = { readonly env: NodeJS.ProcessEnv } | { readonly missing: string };

/** Finds whether there are an engine, compose, and every image that is not ours: here, as stand-ins, or, where `pull`, to be pulled. */
export async function prepare(workspaceRoot: string, env: NodeJS.ProcessEnv, { pull }: { readonly pull: boolean }): Promise<Prepared> {
  if ((await ask(['version', '--format', '{{.Server.Version}}'], env)) === undefined) return { missing: 'a Docker engine that answers (`docker version`)' };
  if ((await ask(['compose', 'version'], env)) === undefined) return { missing: 'the compose plugin of Docker (`docker compose version`)' };
  const standIns = await withStandIns(workspaceRoot, env);
  let missing = 'a docker-compose.yml that compose can read';
  for (const [candidate, mayPull] of [[env, false], [standIns, false], [env, pull]] as const) {
    const images = await foreignImages(workspaceRoot, candidate);
    if (images === undefined) continue;
    const first = await missingImage(images, candidate, { pull: mayPull });
    if (first === undefined) return { env: candidate };
    missing = `the image ${first}${pull ? ', which cannot be pulled' : ''} (tools/image/stand-ins makes stand-ins)`;
  }
  return { missing };
}

/** Whether a build inside a container gets packages from the registry. */
export async function canInstall(env: NodeJS.ProcessEnv, buildImage: string): Promise<boolean> {
  return (await ask(['run', '--rm', '--entrypoint', 'npm', buildImage, 'view', 'ms', 'version'], env, PACKAGE_TIMEOUT_MS)) !== undefined;
}
