import { createEtlActivities, SourceRegistry, type EtlActivities, type EtlDependencies } from '@tributary/etl';
import { createLaunchpadSource, type LaunchpadSourceOptions } from '../source/create-source.js';

export interface LaunchpadActivityOptions extends Omit<EtlDependencies, 'registry'> {
  readonly launchpad: LaunchpadSourceOptions;
}

/** The activities of `EtlFlow` and `MockFlow` on a worker that reads Launchpad. */
export function createLaunchpadActivities({ launchpad, ...dependencies }: LaunchpadActivityOptions): EtlActivities {
  return createEtlActivities({ ...dependencies, registry: new SourceRegistry([createLaunchpadSource(launchpad)]) });
}
