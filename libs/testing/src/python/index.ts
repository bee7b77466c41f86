export { pythonEnvironment, whyNoPython } from './python-environment.js';
export type { PythonEnvironment } from './python-environment.js';
