export { type Dumped, type DumpedFields, walkWithLaunchpadlib, type WalkOptions } from './walk.js';
