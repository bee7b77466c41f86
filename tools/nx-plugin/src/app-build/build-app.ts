import { build, type BuildOptions } from 'esbuild';
import { join } from 'node:path';

/**
 * Packages that stay outside the bundle and are installed beside it: they load native code, read files of their own
 * folder, or are found by path at run time.
 */
export const EXTERNAL_PACKAGES: readonly string[] = ['@temporalio/*', '@dapr/dapr', 'pg-native'];

/** Modules that Temporal's SDK loads by path: an app that holds the first needs the second as a file beside its own. */
const LOADED_BY_PATH = [
  {
    user: 'libs/clients/src/temporal/data-converter.ts',
    module: 'libs/clients/src/temporal/failure-converter.ts',
    name: 'failure-converter',
  },
];

/** A file that was written, relative to the workspace. */
export interface BuiltFile {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Bundles `<appRoot>/src/main.ts` with our code and pure JavaScript packages into `<appRoot>/dist/main.js`, and beside it
 * the modules that are loaded by path.
 */
export async function buildApp(workspaceRoot: string, appRoot: string): Promise<BuiltFile[]> {
  const outdir = join(appRoot, 'dist');
  const bundle = (name: string, entry: string) =>
    build({ ...OPTIONS, absWorkingDir: workspaceRoot, entryPoints: { [name]: entry }, outdir, metafile: true });

  const main = await bundle('main', join(appRoot, 'src', 'main.ts'));
  const needed = LOADED_BY_PATH.filter(({ user }) => user in main.metafile.inputs);
  const beside = await Promise.all(needed.map(({ name, module }) => bundle(name, module)));
  return [main, ...beside]
    .flatMap(({ metafile }) => Object.entries(metafile.outputs))
    .filter(([file]) => file.endsWith('.js'))
    .map(([file, { bytes }]) => ({ file, bytes }));
}

const OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  conditions: ['@tributary/source'],
  external: [...EXTERNAL_PACKAGES],
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
} satisfies BuildOptions;
