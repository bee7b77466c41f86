import { build, type Metafile } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes of all scripts and styles together, gzipped: what a first visit to every view loads at most. */
export const BUDGET_BYTES = 120 * 1024;

export interface BuiltFile {
  /** Relative to the site. */
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Names change with contents, so that browsers may keep a file for ever. */
const ASSETS = 'assets';

const COMPRESSIBLE = new Set(['.js', '.css', '.svg', '.html']);

export interface BuildSiteOptions {
  /** Folder that is made anew. */
  readonly site: string;
  /** @default BUDGET_BYTES */
  readonly budgetBytes?: number;
}

/**
 * Builds the page of `<app>/src` into a folder: hashed scripts and styles, their compressed forms, and an
 * index.html without any inline code.
 * @throws Error when the page has outgrown its budget
 */
export async function buildSite(app: string, { site, budgetBytes = BUDGET_BYTES }: BuildSiteOptions): Promise<BuiltFile[]> {
  await rm(site, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: { main: join(app, 'src', 'main.tsx'), styles: join(app, 'src', 'styles', 'index.css') },
    outdir: join(site, ASSETS),
    absWorkingDir: app,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    conditions: ['@tributary/source'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    metafile: true,
    logLevel: 'warning',
  });
  const icon = await copyHashed(join(app, 'src', 'icon.svg'), site);
  const page = await readFile(join(app, 'src', 'index.html'), 'utf8');
  const built = Object.keys(metafile.outputs).map((output) => relative(site, resolve(app, output)));
  const places = { styles: entry(metafile, 'styles/index.css'), main: entry(metafile, 'main.tsx'), icon };
  await writeFile(join(site, 'index.html'), page.replace(/\{(\w+)\}/g, (_, name: keyof typeof places) => places[name]));
  const files = [...built, 'index.html', icon];
  const sizes = await Promise.all(files.map((file) => compress(site, file)));
  const total = sizes.filter(({ file }) => /\.(js|css)$/.test(file)).reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  if (total > budgetBytes) {
    throw new Error(`Scripts and styles have ${total} bytes gzipped; the budget is ${budgetBytes}. Load less, or raise BUDGET_BYTES with a reason.`);
  }
  return sizes;
}

/** Path, relative to the site, of what an entry point has become. */
function entry({ outputs }: Metafile, source: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === `src/${source}`);
  if (!found) throw new Error(`esbuild has made nothing of src/${source}`);
  return `${ASSETS}/${basename(found[0])}`;
}

async function copyHashed(file: string, site: string): Promise<string> {
  const bytes = await readFile(file);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
  const name = `${ASSETS}/${basename(file, extname(file))}-${hash}${extname(file)}`;
  await mkdir(join(site, ASSETS), { recursive: true });
  await writeFile(join(site, name), bytes);
  return name;
}

/** Writes `.br` and `.gz` beside a file, so that nobody compresses while serving. */
async function compress(site: string, file: string): Promise<BuiltFile> {
  const bytes = await readFile(join(site, file));
  const gzip = gzipSync(bytes, { level: 9 });
  if (COMPRESSIBLE.has(extname(file))) {
    await writeFile(join(site, `${file}.gz`), gzip);
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
    await writeFile(join(site, `${file}.br`), brotli);
  }
  return { file, bytes: bytes.length, gzipBytes: gzip.length };
}
