export { pythonEnvironment, type PythonEnvironment } from './python-environment.js';
export { type Dumped, type DumpedFields, walkWithLaunchpadlib, type WalkOptions } from './walk.js';
