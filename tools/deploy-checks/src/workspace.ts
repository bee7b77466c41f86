import { join } from 'node:path';

/** Root of the repository. */
export const workspaceRoot = join(__dirname, '..', '..', '..');

/** Folder of the Kubernetes manifests. */
export const kubernetesFolder = join(workspaceRoot, 'deploy', 'kubernetes');

/** The apps that are deployed. */
export const WORKERS = ['sql-metadata-worker', 'launchpad-worker', 'stateful-hierarchy-worker'] as const;
export const APPS = [...WORKERS, 'starter-api'] as const;
export const OVERLAYS = ['development', 'production'] as const;
