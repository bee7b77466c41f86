import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tool } from './tool.js';

const VERSION = '1.5.1';
const SERVER = '1.29.1';
const MODULE = 'github.com/temporalio/cli/cmd/temporal';

/** The Temporal CLI, for the development server inside it. 1.5.1 is the last version that `go install` can build. */
export const TEMPORAL: Tool = {
  name: 'temporal',
  title: 'Temporal CLI',
  version: VERSION,
  variable: 'TRIBUTARY_TEMPORAL_BIN',
  accepted: `Temporal CLI ${VERSION} or newer 1.x (server ${SERVER} or newer 1.x)`,
  documentation: 'https://docs.temporal.io/cli/setup-cli',
  // A program built by Go calls itself 0.0.0-DEV, so that the server inside decides.
  accepts: (output) => {
    const server = /\bServer (\d+\.\d+\.\d+)/.exec(output)?.[1];
    return server !== undefined && isAtLeast(server, SERVER) ? server : undefined;
  },
  release: ({ os, arch }) => {
    const folder = `temporalio/cli/releases/download/v${VERSION}`;
    return { archive: `${folder}/temporal_cli_${VERSION}_${os}_${arch}.tar.gz`, checksums: `${folder}/checksums.txt` };
  },
  build: async (go, into) => {
    const bin = join(go.workFolder, 'bin');
    await go.run(['install', '-v', '-trimpath', '-ldflags', '-s -w', `${MODULE}@v${VERSION}`], { env: { GOBIN: bin } });
    await rename(join(bin, process.platform === 'win32' ? 'temporal.exe' : 'temporal'), into);
  },
};

function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0, leastPatch = 0] = least.split('.').map(Number);
  return major === leastMajor && (minor > leastMinor || (minor === leastMinor && patch >= leastPatch));
}
