import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validatorOf } from '../schemas/validate.js';
import { KUBERNETES_VERSIONS } from '../schemas/versions.js';
import { APPS, kubernetesFolder, OVERLAYS, WORKERS } from '../workspace.js';
import { describeRendered } from './describe-rendered.js';
import { render, renderWith, type Manifest } from './kustomize.js';

const minors = KUBERNETES_VERSIONS.map((version) => version.split('.').slice(0, 2).join('.'));
const validators = minors.map((minor) => ({ minor, validate: validatorOf(minor) }));
const problems = (manifests: readonly Manifest[]): string[] =>
  validators.flatMap(({ minor, validate }) => manifests.flatMap((one) => validate(one).map((problem) => `${minor} ${one.metadata.name}: ${problem}`)));

describeRendered('manifests', () => {
  const folders = OVERLAYS.flatMap((overlay) => ['', 'shared', ...APPS].map((part) => join('overlays', overlay, part)));

  it.each(folders)('%s is valid in the oldest and the newest Kubernetes', (folder) => {
    const manifests = render(join(kubernetesFolder, folder));
    expect(manifests.length).toBeGreaterThan(1);
    expect(problems(manifests)).toEqual([]);
  });

  it.each(OVERLAYS)('%s is the sum of its parts, so that each can be applied alone', (overlay) => {
    const folder = join(kubernetesFolder, 'overlays', overlay);
    const names = (manifests: readonly Manifest[]): string[] => manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
    const parts = ['shared', ...APPS].flatMap((part) => render(join(folder, part)));
    expect(names(render(folder))).toEqual(names(parts));
  });

  it.each(WORKERS)('%s may be scaled by its backlog, and watched by the Prometheus operator', (app) => {
    const components = ['keda', 'monitoring'].map((name) => join(kubernetesFolder, 'components', name, app));
    const manifests = renderWith(join(kubernetesFolder, 'overlays/production', app), components);
    expect(problems(manifests)).toEqual([]);
    const kinds = manifests.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['ScaledObject', 'ServiceMonitor', 'PrometheusRule']));
    expect(kinds).not.toContain('HorizontalPodAutoscaler');
  });

  it('lets the API be watched too', () => {
    const manifests = renderWith(join(kubernetesFolder, 'overlays/production/starter-api'), [join(kubernetesFolder, 'components/monitoring/starter-api')]);
    expect(problems(manifests)).toEqual([]);
  });

  it('has no folder for an app that there is not', () => {
    for (const app of APPS) expect(existsSync(join(kubernetesFolder, 'base', app, 'kustomization.yaml'))).toBe(true);
  });
});
