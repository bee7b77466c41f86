import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tool } from './tool.js';

const VERSION = '5.8.1';
const MODULE = 'sigs.k8s.io/kustomize/kustomize/v5';

/** Renders the Kubernetes manifests, for their checks. */
export const KUSTOMIZE: Tool = {
  name: 'kustomize',
  title: 'Kustomize',
  version: VERSION,
  variable: 'TRIBUTARY_KUSTOMIZE_BIN',
  accepted: 'kustomize 5.x',
  documentation: 'https://kubectl.docs.kubernetes.io/installation/kustomize/',
  versionArguments: ['version'],
  accepts: (output) => /^v(5\.\d+\.\d+)\b/m.exec(output)?.[1],
  release: ({ os, arch }) => {
    const folder = `kubernetes-sigs/kustomize/releases/download/kustomize%2Fv${VERSION}`;
    const extension = os === 'windows' ? 'zip' : 'tar.gz';
    return { archive: `${folder}/kustomize_v${VERSION}_${os}_${arch}.${extension}`, checksums: `${folder}/checksums.txt` };
  },
  build: async (go, into) => {
    const bin = join(go.workFolder, 'bin');
    await go.run(['install', '-v', '-trimpath', '-ldflags', '-s -w', `${MODULE}@v${VERSION}`], { env: { GOBIN: bin, CGO_ENABLED: '0' } });
    await rename(join(bin, process.platform === 'win32' ? 'kustomize.exe' : 'kustomize'), into);
  },
};
