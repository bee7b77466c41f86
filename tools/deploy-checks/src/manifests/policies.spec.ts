import { join } from 'node:path';
import { shutdownBudget, type ConfigSchema } from '@tributary/common/config';
import { APPS, kubernetesFolder, OVERLAYS, WORKERS, workspaceRoot } from '../workspace.js';
import { describeRendered } from './describe-rendered.js';
import { only, render, type Manifest } from './kustomize.js';
import { restrictedProblems } from './pod-security.js';
import { podOf, settingsOf, type PodSpec } from './pods.js';
import { sidecarOf } from './sidecar.js';

const cases = OVERLAYS.flatMap((overlay) => APPS.map((app) => ({ overlay, app })));
const folderOf = (overlay: string, part: string): string => join(kubernetesFolder, 'overlays', overlay, part);

describeRendered('policies of the manifests', () => {
  const rendered = new Map<string, Manifest[]>();
  const manifestsOf = (overlay: string, part: string): Manifest[] => {
    const key = `${overlay}/${part}`;
    const known = rendered.get(key) ?? render(folderOf(overlay, part));
    rendered.set(key, known);
    return known;
  };

  it.each(cases)('$overlay/$app passes restricted Pod security', ({ overlay, app }) => {
    expect(restrictedProblems(podOf(manifestsOf(overlay, app)).spec)).toEqual([]);
  });

  it.each(cases)('so does the sidecar that Dapr puts into $overlay/$app', ({ overlay, app }) => {
    const { annotations, spec } = podOf(manifestsOf(overlay, app));
    expect(restrictedProblems({ ...spec, containers: [sidecarOf(annotations)] })).toEqual([]);
  });

  it.each(OVERLAYS)('the namespace of %s enforces it', (overlay) => {
    const { labels } = only(manifestsOf(overlay, 'shared'), 'Namespace').metadata;
    expect(labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  it('refuses a Pod that is not restricted', () => {
    const { spec, container } = podOf(manifestsOf('production', 'sql-metadata-worker'));
    const worse = { ...spec, hostNetwork: true, containers: [{ ...container, securityContext: { runAsUser: 0 } }], securityContext: {}, volumes: [{ name: 'x', hostPath: {} }] } as PodSpec;
    expect(restrictedProblems(worse)).toEqual([
      'hostNetwork is set',
      'volume x is a hostPath',
      'sql-metadata-worker: runAsNonRoot is not true',
      'sql-metadata-worker: runs as root',
      'sql-metadata-worker: has no seccomp profile',
      'sql-metadata-worker: allows privilege escalation',
      'sql-metadata-worker: does not drop all capabilities',
      'sql-metadata-worker: can write to its root file system',
    ]);
  });

  it.each(cases)('in $overlay/$app each party outlasts the one before it when the Pod ends', ({ overlay, app }) => {
    const manifests = manifestsOf(overlay, app);
    const { annotations, spec } = podOf(manifests);
    const drainMs = Number(settingsOf(manifests).values['TRIBUTARY_SHUTDOWN_GRACE_MS'] ?? shutdownBudget.activityDrainMs);
    const workerMs = drainMs + shutdownBudget.workerGraceMs - shutdownBudget.activityDrainMs;
    const blockMs = Number(/^(\d+)s$/.exec(annotations['dapr.io/block-shutdown-duration'] ?? '')?.[1]) * 1000;
    const sidecarEndsMs = Number(annotations['dapr.io/graceful-shutdown-seconds']) * 1000;
    const podMs = spec.terminationGracePeriodSeconds * 1000;
    expect(blockMs).toBe(shutdownBudget.sidecarBlockMs);
    expect(podMs).toBe(shutdownBudget.podGraceMs);
    const inOrder = [drainMs, workerMs, blockMs, blockMs + sidecarEndsMs, podMs];
    expect(inOrder).toEqual([...new Set(inOrder)].sort((a, b) => a - b));
    // A draining app is not ready and needs its sidecar; only one that is gone does not.
    expect(annotations['dapr.io/app-health-check-path']).toBe('/livez');
  });

  it.each(cases)('$overlay/$app is given variables that it knows, with values that it takes', async ({ overlay, app }) => {
    const { configSchema } = (await import(join(workspaceRoot, 'apps', app, 'src/config.ts'))) as { configSchema: ConfigSchema };
    const known = new Map(Object.values(configSchema.variables).flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)));
    const { values, fromSecrets } = settingsOf(manifestsOf(overlay, app));
    expect([...Object.keys(values), ...fromSecrets].filter((name) => !known.has(name))).toEqual([]);
    const refused = Object.entries(values).filter(([name, value]) => 'problem' in (known.get(name)?.read(value) ?? {}));
    expect(refused).toEqual([]);
    const required = Object.values(configSchema.variables).filter((one) => one.required).map(({ name }) => name);
    expect(Object.keys(values)).toEqual(expect.arrayContaining(required));
    // What is secret comes out of a secret.
    const plain = Object.entries(values).filter(([name, value]) => known.get(name)?.secret && !value.startsWith('secret://'));
    expect(plain).toEqual([]);
  });

  it.each(cases)('$overlay/$app listens where probes, sidecar, Service and policy look', ({ overlay, app }) => {
    const manifests = manifestsOf(overlay, app);
    const { annotations, labels, container } = podOf(manifests);
    const [port, ...others] = container.ports ?? [];
    expect(others).toEqual([]);
    const { values } = settingsOf(manifests);
    expect(values[app === 'starter-api' ? 'TRIBUTARY_API_PORT' : 'TRIBUTARY_HEALTH_PORT']).toBe(String(port?.containerPort));
    expect(annotations['dapr.io/app-port']).toBe(String(port?.containerPort));
    const { startupProbe, livenessProbe, readinessProbe } = container;
    expect([startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual(
      ['/livez', '/livez', '/readyz'].map((path) => ({ path, port: port?.name })),
    );
    const service = only(manifests, 'Service').spec as { selector: Record<string, string>; ports: { targetPort: string }[] };
    expect(service.ports.map(({ targetPort }) => targetPort)).toEqual([port?.name]);
    for (const [label, value] of Object.entries(service.selector)) expect(labels[label]).toBe(value);
    const policy = only(manifests, 'NetworkPolicy').spec as { podSelector: { matchLabels: Record<string, string> }; ingress: { ports: { port: number }[] }[]; policyTypes: string[] };
    expect(policy.podSelector.matchLabels).toEqual(service.selector);
    expect(policy.policyTypes).toEqual(['Ingress', 'Egress']);
    const opened = new Set(policy.ingress.flatMap(({ ports }) => ports.map((one) => one.port)));
    expect(opened).toEqual(new Set([port?.containerPort, Number(annotations['dapr.io/metrics-port'])]));
  });

  it.each(cases)('$overlay/$app says in its lists what the server would add, so that another apply changes nothing', ({ overlay, app }) => {
    const manifests = manifestsOf(overlay, app);
    const policy = only(manifests, 'NetworkPolicy').spec as Record<'ingress' | 'egress', { ports?: { protocol?: string }[] }[]>;
    expect([...policy.ingress, ...policy.egress].flatMap(({ ports = [] }) => ports).filter(({ protocol }) => protocol === undefined)).toEqual([]);
    const projected = (podOf(manifests).spec.volumes ?? []) as readonly { projected?: { sources: { downwardAPI?: { items: { fieldRef: { apiVersion?: string } }[] } }[] } }[];
    const fields = projected.flatMap((volume) => volume.projected?.sources ?? []).flatMap(({ downwardAPI }) => downwardAPI?.items ?? []);
    expect(fields.filter(({ fieldRef }) => fieldRef.apiVersion === undefined)).toEqual([]);
  });

  it.each(cases)('$overlay/$app keeps its account from itself, and may be evicted one Pod at a time', ({ overlay, app }) => {
    const manifests = manifestsOf(overlay, app);
    const { spec, container } = podOf(manifests);
    expect(spec).toMatchObject({ serviceAccountName: app, automountServiceAccountToken: false, enableServiceLinks: false });
    expect(Object.keys(container.resources.limits)).toEqual(['memory']);
    expect(only(manifests, 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/name': app } } });
    expect(only(manifests, 'HorizontalPodAutoscaler').spec).toMatchObject({ scaleTargetRef: { kind: 'Deployment', name: app } });
  });

  it.each(cases)('the sidecar of $overlay/$app denies what the app does not use', ({ overlay, app }) => {
    const manifests = manifestsOf(overlay, app);
    const { annotations } = podOf(manifests);
    expect(annotations).toMatchObject({ 'dapr.io/app-id': app, 'dapr.io/config': app, 'dapr.io/api-token-secret': 'dapr-api-token', 'dapr.io/disable-builtin-k8s-secret-store': 'true' });
    const configuration = only(manifests, 'Configuration');
    expect(configuration.metadata.name).toBe(app);
    const { accessControl, secrets } = configuration.spec as {
      accessControl: { defaultAction: string };
      secrets: { scopes: { storeName: string; defaultAccess: string; allowedSecrets?: string[] }[] };
    };
    expect(accessControl.defaultAction).toBe('deny');
    expect(secrets.scopes).toEqual([expect.objectContaining({ storeName: 'secrets', defaultAccess: 'deny' })]);
    const allowed = secrets.scopes[0]?.allowedSecrets ?? [];
    const roles = manifests.filter(({ kind }) => kind === 'Role').flatMap(({ rules }) => rules as { resourceNames: string[] }[]);
    expect(roles.flatMap(({ resourceNames }) => resourceNames)).toEqual(allowed);
    const used = Object.values(settingsOf(manifests).values).flatMap((value) => /^secret:\/\/([^/]+)\/([^#]+)/.exec(value)?.slice(1, 3) ?? []);
    for (let at = 0; at < used.length; at += 2) {
      expect(used[at]).toBe('secrets');
      expect(allowed).toContain(used[at + 1]);
    }
  });

  it.each(OVERLAYS)('the components of %s are each for the apps that use it, and hold no secret', (overlay) => {
    const components = manifestsOf(overlay, 'shared').filter(({ kind }) => kind === 'Component');
    expect(Object.fromEntries(components.map(({ metadata, scopes }) => [metadata.name, scopes]))).toEqual({
      events: ['sql-metadata-worker', 'stateful-hierarchy-worker', 'starter-api'],
      secrets: [...WORKERS],
      state: ['sql-metadata-worker', 'starter-api'],
    });
    for (const { spec } of components) {
      const metadata = (spec as { metadata: { name: string; value?: string }[] }).metadata;
      expect(metadata.filter(({ name, value }) => /password|connectionString|token/i.test(name) && value !== undefined)).toEqual([]);
    }
  });
});
