import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kubernetesFolder, workspaceRoot } from '../workspace.js';
import { describeRendered } from './describe-rendered.js';
import { only, render, renderOverlay, type Manifest } from './kustomize.js';

describeRendered('the overlay of a build, in the guide', () => {
  const production = join(kubernetesFolder, 'overlays/production/sql-metadata-worker');
  let before: Manifest[];
  let beside: Manifest[];
  beforeAll(() => {
    const guide = readFileSync(join(workspaceRoot, 'docs/guides/deploy.md'), 'utf8');
    const overlay = parse(/### Builds side by side[^]*?```yaml\n([^]*?)```/.exec(guide)?.[1] ?? '') as { resources: string[] };
    expect(overlay.resources).toEqual(['../../production/sql-metadata-worker']);
    before = render(production);
    beside = renderOverlay({ ...overlay, resources: [production] });
  });
  const deploymentOf = (manifests: readonly Manifest[]) => only(manifests, 'Deployment') as unknown as { metadata: { name: string }; spec: { selector: { matchLabels: object }; template: { metadata: { labels: object }; spec: { containers: [{ image: string; env: object[] }] } } } };

  it('makes another Deployment with Pods of its own, and shares all else', () => {
    const shared = (manifests: readonly Manifest[]): Manifest[] => manifests.filter(({ kind }) => kind !== 'Deployment' && kind !== 'HorizontalPodAutoscaler');
    expect(shared(beside)).toEqual(shared(before));
    const { metadata, spec } = deploymentOf(beside);
    expect(metadata.name).toBe('sql-metadata-worker-91c7');
    expect(spec.selector.matchLabels).toEqual({ ...deploymentOf(before).spec.selector.matchLabels, 'tributary/build-id': '91c7' });
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  it('runs the build, under the name of its deployment, and scales it by itself', () => {
    const [container] = deploymentOf(beside).spec.template.spec.containers;
    expect(container.image).toBe('registry.example.com/tributary/sql-metadata-worker:91c7');
    expect(container.env).toContainEqual({ name: 'TRIBUTARY_DEPLOYMENT_NAME', value: 'sql-metadata-worker' });
    const autoscaler = only(beside, 'HorizontalPodAutoscaler');
    expect([autoscaler.metadata.name, autoscaler.spec?.['scaleTargetRef']]).toMatchObject(['sql-metadata-worker-91c7', { name: 'sql-metadata-worker-91c7' }]);
  });
});
