import { join } from 'node:path';
import { validatorOf } from '../schemas/validate.js';
import { KUBERNETES_VERSIONS } from '../schemas/versions.js';
import { APPS, kubernetesFolder } from '../workspace.js';
import { describeRendered } from './describe-rendered.js';
import { render, type Manifest } from './kustomize.js';
import { restrictedProblems } from './pod-security.js';
import { podOf, type PodSpec } from './pods.js';

type Data = Readonly<Record<string, string>>;

describeRendered('the trial, around the development overlay', () => {
  let trial: Manifest[];
  let development: Manifest[];
  beforeAll(() => {
    trial = render(join(kubernetesFolder, 'trial'));
    development = render(join(kubernetesFolder, 'overlays/development'));
  });
  const secrets = (): ReadonlyMap<string, Data> =>
    new Map(trial.filter(({ kind, metadata }) => kind === 'Secret' && metadata.namespace === 'tributary-development').map(({ metadata, data = {} }) => [metadata.name, data]));

  it('is valid in the oldest and the newest Kubernetes', () => {
    const validators = KUBERNETES_VERSIONS.map((version) => validatorOf(version.split('.').slice(0, 2).join('.')));
    expect(validators.flatMap((validate) => trial.flatMap((one) => validate(one)))).toEqual([]);
  });

  it('passes restricted Pod security, in a namespace that enforces it', () => {
    const pods = trial.filter(({ kind }) => kind === 'Deployment' || kind === 'Job').map(({ spec }) => (spec as { template: { spec: PodSpec } }).template.spec);
    expect(pods.length).toBeGreaterThan(3);
    expect(pods.flatMap(restrictedProblems)).toEqual([]);
    expect(trial.find(({ kind }) => kind === 'Namespace')?.metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  it('has every secret that Pods, sidecars and components of the overlay read, with its key', () => {
    const fromPods = APPS.flatMap((app) => {
      const { annotations, container } = podOf(development.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === app));
      const tokens = ['dapr.io/api-token-secret', 'dapr.io/app-token-secret'].flatMap((name) => (annotations[name] === undefined ? [] : [`${annotations[name]}#token`]));
      const env = (container.env ?? []) as readonly { valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
      return [...tokens, ...env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? [`${valueFrom.secretKeyRef.name}#${valueFrom.secretKeyRef.key}`] : []))];
    });
    const fromComponents = development
      .filter(({ kind }) => kind === 'Component')
      .flatMap(({ spec }) => (spec as { metadata: { secretKeyRef?: { name: string; key: string } }[] }).metadata.flatMap(({ secretKeyRef: ref }) => (ref ? [`${ref.name}#${ref.key}`] : [])));
    const fromSettings = development
      .filter(({ kind }) => kind === 'ConfigMap')
      .flatMap(({ data = {} }) => Object.values(data).flatMap((value) => /^secret:\/\/secrets\/(.+#.+)$/.exec(value)?.[1] ?? []));
    const named = [...fromPods, ...fromComponents, ...fromSettings];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((one) => secrets().get(one.split('#')[0] ?? '')?.[one.split('#')[1] ?? ''] === undefined)).toEqual([]);
  });

  it('has a Service at every address that the overlay and those secrets name', () => {
    const values = [
      ...development.filter(({ kind }) => kind === 'ConfigMap').flatMap(({ data = {} }) => Object.values(data)),
      ...[...secrets().values()].flatMap((data) => Object.values(data).map((value) => Buffer.from(value, 'base64').toString())),
    ];
    const addresses = new Set(values.flatMap((value) => [...value.matchAll(/([a-z-]+\.tributary-trial:\d+)/g)].map(([, address = '']) => address)));
    const services = trial
      .filter(({ kind }) => kind === 'Service')
      .flatMap(({ metadata, spec }) => (spec as { ports: { port: number }[] }).ports.map(({ port }) => `${metadata.name}.${metadata.namespace ?? ''}:${String(port)}`));
    expect([...addresses].sort()).toEqual(services.filter((address) => !address.startsWith('temporal-database')).sort());
  });
});
