import { workflowInfo, type ContinueAsNewOptions } from '@temporalio/workflow';
import { getActivator } from '@temporalio/workflow/lib/global-attributes.js';

/**
 * Lets a workflow that is pinned to its version go on in a new run, and that run begin on the version that is current then:
 * between two runs there is nothing to replay, so any change of the code is safe.
 */
export async function continueOnCurrentVersion(goOn: (options: ContinueAsNewOptions) => Promise<never>): Promise<never> {
  // A worker without versioning has a version, too: one of a deployment without a name.
  if (!workflowInfo().currentDeploymentVersion?.deploymentName) return goOn({});
  // Servers before the option pass it over; they go by how the last task of this run says that it is versioned.
  getActivator().versioningBehavior = 'AUTO_UPGRADE';
  return goOn({ initialVersioningBehavior: 'AUTO_UPGRADE' });
}
