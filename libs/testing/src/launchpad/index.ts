export { type AccessToken, type RequestToken, type Tokens } from './auth/tokens.js';
export { type Fault, type Faults, type Matcher, type RequestFacts } from './faults/faults.js';
export { type LoggedRequest, type RequestLog } from './faults/request-log.js';
export { type AccessLevel } from './representation/caller.js';
export { type LaunchpadOptions, type LaunchpadServer, startLaunchpad } from './server.js';
export { createWorld, type WorldOptions } from './world/create-world.js';
export { isoformat, micros, type Micros } from './world/time.js';
export { World } from './world/world.js';
export { type Fact, truth } from './world/truth.js';
export {
  type Dumped,
  type DumpedFields,
  walkWithLaunchpadlib,
  type WalkOptions,
} from './launchpadlib/index.js';
