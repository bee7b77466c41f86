import { build } from 'esbuild';
import { join } from 'node:path';

/**
 * Packages that stay outside the bundle and are installed beside it: they load native code, read files of their own
 * folder, or are found by path at run time.
 */
export const EXTERNAL_PACKAGES: readonly string[] = ['@temporalio/*', '@dapr/dapr', '@fastify/swagger-ui', 'pg-native'];

/** Bundles `<appRoot>/src/main.ts` with our code and pure JavaScript packages into `<appRoot>/dist/main.js`. */
export async function buildApp(workspaceRoot: string, appRoot: string): Promise<{ file: string; bytes: number }> {
  const file = join(appRoot, 'dist', 'main.js');
  const { metafile } = await build({
    absWorkingDir: workspaceRoot,
    entryPoints: [join(appRoot, 'src', 'main.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    conditions: ['@tributary/source'],
    external: [...EXTERNAL_PACKAGES],
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  });
  return { file, bytes: metafile.outputs[file.replaceAll('\\', '/')]?.bytes ?? 0 };
}
