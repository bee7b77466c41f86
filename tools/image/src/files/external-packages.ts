import { build } from 'esbuild';
import { builtinModules } from 'node:module';

/** Packages that others look for and go on without. */
const LOOKED_FOR = ['pg-native'];

const NOT_INSTALLED = new Set([...builtinModules, ...LOOKED_FOR]);

/** Names of the packages that bundled programs load from disk, sorted. */
export async function externalPackages(files: readonly string[]): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [...files],
    bundle: true,
    platform: 'node',
    packages: 'external',
    metafile: true,
    write: false,
    outdir: 'unused',
    logLevel: 'silent',
  });
  const requests = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !/^(?:node:|\.|\/)/.test(path));
  const names = requests.map(({ path }) => packageOf(path)).filter((name) => !NOT_INSTALLED.has(name));
  return [...new Set(names)].sort();
}

function packageOf(request: string): string {
  return request.split('/').slice(0, request.startsWith('@') ? 2 : 1).join('/');
}
