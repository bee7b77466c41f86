import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kubernetesFolder, WORKERS, workspaceRoot } from '../workspace.js';
import { describeRendered } from './describe-rendered.js';
import { only, render, renderOverlay, type Manifest } from './kustomize.js';
import { podOf, type PodSpec } from './pods.js';

const controllerFolder = join(workspaceRoot, 'deploy/temporal/worker-controller');

interface WorkerDeployment extends Manifest {
  readonly spec: {
    readonly workerOptions: { readonly connectionRef: { readonly name: string } };
    readonly template: { readonly metadata: { readonly labels: object; readonly annotations: object }; readonly spec: PodSpec };
  };
}

describeRendered('workers under the Worker Controller', () => {
  describe.each(WORKERS)('%s', (app) => {
    let production: Manifest[];
    let controlled: Manifest[];
    beforeAll(() => {
      const folder = join(kubernetesFolder, 'overlays/production', app);
      production = render(folder);
      // As the guide says: among the components of the overlay, so that its namespace and its images are for it as well.
      const overlay = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as { resources: string[] };
      controlled = renderOverlay({ ...overlay, resources: overlay.resources.map((path) => join(folder, path)), components: [join(controllerFolder, app)] });
    });
    const worker = (): WorkerDeployment => only(controlled, 'WorkerDeployment') as WorkerDeployment;

    it('has no Deployment and no autoscaler, and all else as without it', () => {
      const replaced = new Set(['Deployment', 'HorizontalPodAutoscaler', 'WorkerDeployment']);
      const others = (manifests: readonly Manifest[]): Manifest[] => manifests.filter(({ kind }) => !replaced.has(kind));
      expect(controlled.filter(({ kind }) => replaced.has(kind)).map(({ kind }) => kind)).toEqual(['WorkerDeployment']);
      expect(others(controlled)).toEqual(others(production));
    });

    it('runs the Pods of the Deployment, under the name that the controller gives it', () => {
      const { annotations, labels, spec } = podOf(production);
      const { metadata, spec: own } = worker();
      const name = { name: 'TRIBUTARY_DEPLOYMENT_NAME', value: `${metadata.namespace ?? ''}/${app}` };
      const [container] = spec.containers;
      const expected = { ...spec, containers: [{ ...container, env: [...(container?.env ?? []), name] }] };
      expect(own.template).toEqual({ metadata: { annotations, labels }, spec: expected });
    });

    it('reaches Temporal by the connection that is there, as the others do', () => {
      const connection = parse(readFileSync(join(controllerFolder, 'connection.yaml'), 'utf8')) as { metadata: { name: string }; spec: { hostPort: string } };
      expect(worker().spec.workerOptions.connectionRef.name).toBe(connection.metadata.name);
      expect(only(production, 'ConfigMap').data?.['TEMPORAL_ADDRESS']).toBe(connection.spec.hostPort);
    });
  });
});
