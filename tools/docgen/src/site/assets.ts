import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Sources of what runs in the browser. */
const CLIENT = join(__dirname, '..', '..', 'client');

/** Style sheet, icon and scripts of every site, by path. */
export async function assets(): Promise<[string, string][]> {
  const { outputFiles } = await build({
    entryPoints: [join(CLIENT, 'site.ts'), join(CLIENT, 'theme.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'inline',
    outdir: 'assets',
  });
  return [
    ...outputFiles.map(({ path, text }): [string, string] => [`assets/${path.split(/[\\/]/).pop() ?? ''}`, text]),
    ['assets/site.css', readFileSync(join(CLIENT, 'site.css'), 'utf8')],
    ['assets/icon.svg', readFileSync(join(CLIENT, 'icon.svg'), 'utf8')],
  ];
}
