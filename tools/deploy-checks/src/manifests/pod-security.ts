import type { PodSpec, SecurityContext } from './pods.js';

const VOLUMES = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']);

/**
 * What the restricted level of the Pod Security Standards refuses in a Pod, and beyond it a root file system that can be
 * written to.
 */
export function restrictedProblems(pod: PodSpec): string[] {
  const problems: string[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (pod[field]) problems.push(`${field} is set`);
  for (const volume of pod.volumes ?? []) {
    const kind = Object.keys(volume).find((key) => key !== 'name') ?? '';
    if (!VOLUMES.has(kind)) problems.push(`volume ${String(volume['name'])} is a ${kind}`);
  }
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    const context: SecurityContext = container.securityContext ?? {};
    const says = (problem: string): void => void problems.push(`${container.name}: ${problem}`);
    if (!(context.runAsNonRoot ?? pod.securityContext?.runAsNonRoot)) says('runAsNonRoot is not true');
    if ((context.runAsUser ?? pod.securityContext?.runAsUser) === 0) says('runs as root');
    if (!['RuntimeDefault', 'Localhost'].includes((context.seccompProfile ?? pod.securityContext?.seccompProfile)?.type ?? '')) says('has no seccomp profile');
    if (context.allowPrivilegeEscalation !== false) says('allows privilege escalation');
    if (context.privileged) says('is privileged');
    if (!context.capabilities?.drop?.includes('ALL')) says('does not drop all capabilities');
    if ((context.capabilities?.add ?? []).some((name) => name !== 'NET_BIND_SERVICE')) says('adds capabilities');
    if (context.readOnlyRootFilesystem !== true) says('can write to its root file system');
    if (container.ports?.some(({ hostPort }) => hostPort !== undefined)) says('takes a port of the node');
  }
  return problems;
}
