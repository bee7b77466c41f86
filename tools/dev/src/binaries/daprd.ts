import { chmod, cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAPRD_COMPONENTS } from './daprd-components.js';
import type { Tool } from './tool.js';

const VERSION = '1.18.2';
const MODULE = 'github.com/dapr/dapr';
/** What the sidecar is compiled from; `charts` holds the CRDs it embeds. */
const SOURCES = ['go.mod', 'go.sum', 'cmd', 'pkg', 'utils', 'charts'];
const OWNER_WRITES = 0o700;

/** The Dapr sidecar. */
export const DAPRD: Tool = {
  name: 'daprd',
  title: 'Dapr sidecar',
  version: VERSION,
  variable: 'TRIBUTARY_DAPRD_BIN',
  accepted: `daprd 1.18.x from ${VERSION} on`,
  documentation: 'https://docs.dapr.io/getting-started/install-dapr-cli/',
  accepts: (output) => {
    const patch = /^1\.18\.(\d+)\b/.exec(output)?.[1];
    return patch !== undefined && Number(patch) >= 2 ? `1.18.${patch}` : undefined;
  },
  release: ({ os, arch }) => {
    const archive = `dapr/dapr/releases/download/v${VERSION}/daprd_${os}_${arch}.${os === 'windows' ? 'zip' : 'tar.gz'}`;
    return { archive, checksums: `${archive}.sha256` };
  },
  // The module has replace directives, which `go install` refuses: its sources are built as a main module of their own.
  build: async (go, into) => {
    const { Dir: source } = JSON.parse(await go.run(['mod', 'download', '-json', `${MODULE}@v${VERSION}`])) as { Dir: string };
    const folder = join(go.workFolder, 'dapr');
    for (const entry of SOURCES) await cp(join(source, entry), join(folder, entry), { recursive: true });
    await makeWritable(folder);
    const components = join(folder, 'cmd', 'daprd', 'components');
    // Compiled in when no component tag is set, only to panic at start.
    await rm(join(components, 'zz_notag.go'));
    await writeFile(join(components, 'tributary.go'), DAPRD_COMPONENTS);
    const stamps = [`${MODULE}/pkg/buildinfo.version`, 'github.com/dapr/kit/logger.DaprVersion'].map((name) => `-X ${name}=${VERSION}`);
    const args = ['build', '-v', '-trimpath', '-ldflags', ['-s', '-w', ...stamps].join(' '), '-o', into, './cmd/daprd'];
    await go.run(args, { cwd: folder, env: { CGO_ENABLED: '0' } });
  },
};

// The module cache is read-only, and so is what is copied from it.
async function makeWritable(folder: string): Promise<void> {
  await chmod(folder, OWNER_WRITES);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, OWNER_WRITES);
  }
}
