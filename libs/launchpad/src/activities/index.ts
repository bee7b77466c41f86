import { createEtlActivities, SourceRegistry, type EtlActivities, type EtlDependencies, type SummaryActivities } from '@tributary/etl';
import { createLaunchpadSource, type LaunchpadSourceOptions } from '../source/create-source.js';

export interface LaunchpadActivityOptions extends Omit<EtlDependencies, 'registry'> {
  readonly launchpad: LaunchpadSourceOptions;
}

/** The activities of `EtlFlow`, `MockFlow` and `summarizeEvents` on a worker that reads Launchpad. */
export function createLaunchpadActivities({ launchpad, ...dependencies }: LaunchpadActivityOptions): EtlActivities & SummaryActivities {
  return createEtlActivities({ ...dependencies, registry: new SourceRegistry([createLaunchpadSource(launchpad)]) });
}
