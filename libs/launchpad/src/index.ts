export {
  LAUNCHPAD_LISTING_UNSTABLE,
  LAUNCHPAD_MEMBER_IS_TEAM,
  LAUNCHPAD_MEMBER_UNKNOWN,
  LAUNCHPAD_PROJECT_UNKNOWN,
  LAUNCHPAD_SERVICE_ROOT_REFUSED,
  LAUNCHPAD_TEAM_UNKNOWN,
} from './errors.js';
export type { LaunchpadQuery, LaunchpadSubject } from './query/launchpad-query.js';
export { createLaunchpadSource, LAUNCHPAD_SOURCE_KIND } from './source/create-source.js';
export type { LaunchpadSourceOptions } from './source/create-source.js';
export type { Visited } from './source/reading.js';
