import { LAUNCHPAD_INSTANCES, serviceRootUrl } from '@tributary/clients/launchpad';
import { LAUNCHPAD_SERVICE_ROOT_REFUSED } from '../errors.js';

/**
 * URL of the service root that an input names. Inputs come from whoever may start a flow, so they choose among
 * Launchpad's instances and the configured root; any other URL would make the worker call hosts of their choice.
 * @throws CodedError LAUNCHPAD_SERVICE_ROOT_REFUSED, LAUNCHPAD_SERVICE_ROOT_INVALID
 */
export function allowedServiceRoot(named: string | undefined, configured: string): string {
  const own = serviceRootUrl(configured);
  if (named === undefined) return own;
  const url = serviceRootUrl(named);
  if (url === own || LAUNCHPAD_INSTANCES.some((instance) => serviceRootUrl(instance) === url)) return url;
  throw LAUNCHPAD_SERVICE_ROOT_REFUSED({ serviceRoot: url, allowed: [...LAUNCHPAD_INSTANCES, own] });
}
