import { only, type Manifest } from './kustomize.js';

export interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly privileged?: boolean;
  readonly seccompProfile?: { readonly type: string };
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
}

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string | number };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number; readonly hostPort?: number }[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { readonly requests: Readonly<Record<string, string>>; readonly limits: Readonly<Record<string, string>> };
  readonly securityContext?: SecurityContext;
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext?: SecurityContext;
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
}

/** The Pod that the Deployment among the objects of one app makes. */
export function podOf(manifests: readonly Manifest[]): { annotations: Readonly<Record<string, string>>; labels: Readonly<Record<string, string>>; spec: PodSpec; container: Container } {
  const { template } = only(manifests, 'Deployment').spec as {
    template: { metadata: { annotations: Record<string, string>; labels: Record<string, string> }; spec: PodSpec };
  };
  const [container, ...others] = template.spec.containers;
  if (!container || others.length > 0) throw new Error('The Pod of an app has one container, besides the sidecar that Dapr adds');
  return { ...template.metadata, spec: template.spec, container };
}

/** Settings that the ConfigMap of an app and its Deployment give it. */
export function settingsOf(manifests: readonly Manifest[]): { values: Readonly<Record<string, string>>; fromSecrets: readonly string[] } {
  const { data = {} } = only(manifests, 'ConfigMap');
  const env = podOf(manifests).container.env ?? [];
  return {
    values: { ...data, ...Object.fromEntries(env.filter(({ value }) => value !== undefined).map(({ name, value = '' }) => [name, value])) },
    fromSecrets: env.filter(({ value }) => value === undefined).map(({ name }) => name),
  };
}
