import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Platform, Tool } from './tool.js';

const VERSION = '1.8.0';
const OLDEST_MINOR = 8;
const MODULE = 'github.com/versity/versitygw/cmd/versitygw';

/** An S3 server over a folder, for the tests of object stores. */
export const VERSITYGW: Tool = {
  name: 'versitygw',
  title: 'Versity S3 Gateway',
  version: VERSION,
  variable: 'TRIBUTARY_VERSITYGW_BIN',
  accepted: `versitygw ${VERSION} or newer 1.x`,
  documentation: 'https://github.com/versity/versitygw/wiki/Installation',
  accepts: (output) => {
    const [, version, minor] = /^Version\s*:\s*v?(1\.(\d+)\.\d+)/m.exec(output) ?? [];
    return Number(minor) >= OLDEST_MINOR ? version : undefined;
  },
  release: (platform) => {
    const folder = `versity/versitygw/releases/download/v${VERSION}`;
    const name = archiveName(platform);
    const extension = platform.os === 'windows' ? 'zip' : 'tar.gz';
    return { archive: `${folder}/${name}.${extension}`, checksums: `${folder}/checksums.txt`, folder: name };
  },
  build: async (go, into) => {
    const bin = join(go.workFolder, 'bin');
    const flags = ['-s', '-w', `-X=main.Version=v${VERSION}`].join(' ');
    await go.run(['install', '-v', '-trimpath', '-ldflags', flags, `${MODULE}@v${VERSION}`], { env: { GOBIN: bin, CGO_ENABLED: '0' } });
    await rename(join(bin, process.platform === 'win32' ? 'versitygw.exe' : 'versitygw'), into);
  },
};

/** In the words of `uname`. */
function archiveName({ os, arch }: Platform): string {
  const system = { linux: 'Linux', darwin: 'Darwin', windows: 'Windows' }[os];
  return `versitygw_v${VERSION}_${system}_${arch === 'amd64' ? 'x86_64' : arch}`;
}
