import type { StackSecrets } from './infrastructure.js';
import { launchpadToken } from './launchpad-token.js';
import type { StackLayout } from './layout.js';
import type { LaunchpadPlace } from './stack-file.js';

const PRODUCTION = 'production';

/**
 * The Launchpad of a service root, with the token that a login to it has left. Without a service root, or without a
 * token for it, it is read anonymously.
 */
export function launchpadPlace(
  layout: Pick<StackLayout, 'launchpadToken'>,
  serviceRoot: string | undefined,
): { readonly launchpad: LaunchpadPlace; readonly secrets: StackSecrets } {
  const token = launchpadToken(layout);
  if (serviceRoot === undefined || token?.serviceRoot !== serviceRoot) return { launchpad: { serviceRoot: serviceRoot ?? PRODUCTION }, secrets: {} };
  return { launchpad: { serviceRoot, signedInAs: token.applicationName }, secrets: { launchpad: token.secret } };
}
