import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from '../workspace.js';
import type { Container } from './pods.js';

interface ChartValues {
  readonly dapr_sidecar_injector: { readonly sidecarDropALLCapabilities?: boolean };
}

/**
 * The container that Dapr's injector adds to a Pod, as far as Pod security looks at it: it takes nothing from the Pod's
 * own containers, something from annotations, and the rest from what its chart was installed with.
 */
export function sidecarOf(annotations: Readonly<Record<string, string>>): Container {
  const { dapr_sidecar_injector: injector } = parse(readFileSync(join(workspaceRoot, 'deploy/dapr/kubernetes/helm-values.yaml'), 'utf8')) as ChartValues;
  const seccomp = annotations['dapr.io/sidecar-seccomp-profile-type'];
  const probe = { httpGet: { path: '/v1.0/healthz', port: 3501 } };
  return {
    name: 'daprd',
    image: 'daprio/daprd',
    startupProbe: probe,
    livenessProbe: probe,
    readinessProbe: probe,
    resources: { requests: {}, limits: {} },
    securityContext: {
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      ...(seccomp === undefined ? {} : { seccompProfile: { type: seccomp } }),
      ...(injector.sidecarDropALLCapabilities === true ? { capabilities: { drop: ['ALL'] } } : {}),
    },
  };
}
